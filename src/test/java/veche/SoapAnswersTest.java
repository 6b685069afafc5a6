package veche;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.delivery.FanoutFixture;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MessageEncoder;
import veche.dialect.soap.SoapLogin;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.UriPolicy;
import veche.identity.Identification;
import veche.identity.Tokens;
import veche.limit.ClientMemory;
import veche.limit.FailedLogins;
import veche.limit.Refusals;
import veche.room.Author;
import veche.room.Room;

/** SOAP responses are serialized and sent by the worker pool, those of one connection in order. */
class SoapAnswersTest {
    private final FanoutFixture fixture = new FanoutFixture();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        fixture.close();
        timer.shutdownNow();
    }

    private DialectSession connect(Dialects dialects, String name, Consumer<String> responses) {
        Dialect soap = dialects.all().stream()
                .filter(dialect -> dialect.subprotocols().contains("soap"))
                .findFirst()
                .orElseThrow();
        HandshakeInfo handshake = new HandshakeInfo(
                "soap",
                new Author("user:" + name, name),
                URI.create("ws://chat.example/chat"),
                Map.of(),
                Map.of(),
                "127.0.0.1",
                List.of(Locale.ENGLISH));
        return soap.open(new Recorder(name, responses), handshake);
    }

    private Dialects dialects(Executor answers) {
        Settings settings = Settings.from(new SmallRyeConfigBuilder().build());
        return new Dialects(
                fixture.rooms,
                settings,
                List.of(new Anonymous()),
                new Identification(),
                new SoapLogin(Tokens.none(), new FailedLogins(Optional.empty(), Optional::of, new Refusals())),
                timer,
                Runnable::run,
                answers,
                UriPolicy.NONE,
                ClientMemory.unlimited());
    }

    private record Recorder(String id, Consumer<String> responses) implements Client {
        @Override
        public void send(Frame frame) {
            responses.accept(((Frame.Text) frame).text().replaceFirst("(?s).*RelatesTo>urn:(\\w+)<.*", "$1"));
        }

        @Override
        public Following follow(CompletionStage<Room> opening, long after, MessageEncoder encoder, Object listener) {
            throw new AssertionError("Nothing is followed");
        }

        @Override
        public void close(CloseCode code, String reason) {
            throw new AssertionError(code + " " + reason);
        }

        @Override
        public void closeAfter(Duration delay, CloseCode code, String reason) {
            throw new AssertionError(code + " " + reason);
        }

        @Override
        public void fail(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    private static String request(String id) {
        return """
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
                    xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header>
                <a:Action s:mustUnderstand="1">urn:veche:chat:1/Members</a:Action><a:MessageID>urn:%s</a:MessageID>
                <a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address></a:ReplyTo>
                <a:To s:mustUnderstand="1">ws://chat.example/chat</a:To></s:Header>
                <s:Body><Members xmlns="urn:veche:chat:1"><room>tea</room></Members></s:Body></s:Envelope>
                """.formatted(id);
    }

    @Test
    void aResponseThatBlocksDelaysNoTimer() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        CountDownLatch mayReturn = new CountDownLatch(1);
        DialectSession session = connect(dialects(fixture.fanout.executor()), "anna", response -> {
            threads.add(Thread.currentThread().getName());
            awaitQuietly(mayReturn);
        });
        try {
            session.onText(request("first"));
            await().until(() -> threads.size() == 1);
            timer.submit(() -> {}).get(10, TimeUnit.SECONDS);
            fixture.fanout.executor().timer().submit(() -> {}).get(10, TimeUnit.SECONDS);
            assertTrue(threads.get(0).startsWith("veche-task-"), threads::toString);
        } finally {
            mayReturn.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theResponsesOfAConnectionKeepTheirOrderWhateverThePoolDoes() {
        Deque<Runnable> lastFirst = new ArrayDeque<>();
        List<String> responses = new CopyOnWriteArrayList<>();
        DialectSession session = connect(dialects(lastFirst::push), "anna", responses::add);
        List.of("first", "second", "third").forEach(id -> session.onText(request(id)));
        while (!lastFirst.isEmpty()) {
            lastFirst.pop().run();
        }
        assertEquals(List.of("first", "second", "third"), responses);
    }

    @Test
    void theResponsesOfOneConnectionDoNotDelayThoseOfAnother() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        List<String> responses = new CopyOnWriteArrayList<>();
        Dialects dialects = dialects(tasks::push);
        connect(dialects, "anna", responses::add).onText(request("hers"));
        connect(dialects, "boris", responses::add).onText(request("his"));
        tasks.pop().run();
        assertEquals(List.of("his"), responses);
    }
}
