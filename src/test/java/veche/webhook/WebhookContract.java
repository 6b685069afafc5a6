package veche.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.RoomName;

/** The webhook on a log in a database. */
abstract class WebhookContract {
    static final Author ANN = new Author("user:ann", "Ann");

    final String prefix = "r" + UUID.randomUUID().toString().substring(0, 8);
    final RoomName room = new RoomName(prefix + "-a");
    final WebhookSite site = new WebhookSite();
    private final List<AutoCloseable> opened = new ArrayList<>();

    abstract MessageLog log(LogLimits limits);

    MessageLog open() {
        MessageLog log = log(LogLimits.DEFAULT);
        opened.add(0, log);
        log.listen(new MessageLog.Listener() {
            @Override
            public void committed(List<MessageLog.Appended> batch) {}

            @Override
            public void trimmed(RoomName trimmed, long first) {}
        });
        return log;
    }

    Webhook start(MessageLog log, int maxAttempts, int batch) {
        Webhook webhook = site.start(log, site.settings(prefix + "*", maxAttempts, batch));
        opened.add(0, webhook);
        return webhook;
    }

    /** Starts, and waits until what is appended from now on will be delivered. */
    private Webhook begin(MessageLog log, int maxAttempts) throws Exception {
        Webhook webhook = start(log, maxAttempts, 10);
        RoomName first = new RoomName(prefix + "-first");
        await().until(() -> {
            append(log, first, "begun");
            return !site.accepted.isEmpty();
        });
        await().until(() -> webhook.stats().delivered() > 0);
        return webhook;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        site.close();
    }

    static Message append(MessageLog log, RoomName room, String text) {
        return append(log, room, Kind.TEXT, text, null);
    }

    static Message append(MessageLog log, RoomName room, Kind kind, String text, UUID target) {
        Draft draft = new Draft(ANN, kind, text, null, null, target, null, Audience.EVERYONE);
        return log.append(room, draft).toCompletableFuture().join().message();
    }

    static void append(MessageLog log, RoomName room, int from, int to) {
        IntStream.range(from, to).forEach(i -> append(log, room, Integer.toString(i)));
    }

    static List<String> numbers(int to) {
        return IntStream.range(0, to).mapToObj(Integer::toString).toList();
    }

    List<String> textsOf(RoomName of) {
        return site.accepted.stream()
                .filter(request -> request.body().contains("\"type\":\"room.messages\"")
                        && request.body().contains("\"room\":\"" + of + "\""))
                .flatMap(request -> request.texts().stream())
                .toList();
    }

    @Test
    void messagesAreSentOnceInTheirOrderAfterTheCreationOfTheRoom() throws Exception {
        MessageLog log = open();
        begin(log, 5);
        append(log, room, 0, 25);
        await().until(() -> textsOf(room).equals(numbers(25)));
        List<String> types = site.accepted.stream()
                .filter(request -> request.body().contains("\"room\":\"" + room + "\""))
                .map(request -> request.json().getString("type"))
                .toList();
        assertEquals("room.created", types.get(0));
        assertEquals(1, types.stream().filter("room.created"::equals).count());
    }

    @Test
    void requestsAreSigned() throws Exception {
        begin(open(), 5);
        WebhookSite.Received request = site.accepted.get(0);
        assertEquals(
                new WebhookSecret(WebhookSite.SECRET).sign(request.id(), request.timestamp(), request.body()),
                request.signature());
        assertTrue(Math.abs(Instant.now().getEpochSecond() - request.timestamp()) < 300);
    }

    @Test
    void aRequestThatFailsIsRepeatedWithItsIdAndDelaysNoOtherRoom() throws Exception {
        MessageLog log = open();
        begin(log, 5);
        CountDownLatch broken = new CountDownLatch(1);
        site.answer(
                request -> broken.getCount() > 0 && request.body().contains("\"room\":\"" + room + "\"") ? 500 : 200);
        append(log, room, "one");
        await().until(() ->
                site.received.stream().anyMatch(request -> request.id().contains(room.value())));
        RoomName other = new RoomName(prefix + "-other");
        append(log, other, "not delayed");
        await().until(() -> textsOf(other).equals(List.of("not delayed")));
        assertEquals(List.of(), textsOf(room));
        broken.countDown();
        append(log, room, "two");
        await().until(() -> textsOf(room).equals(List.of("one", "two")));
        Set<String> announcements = new HashSet<>();
        site.received.stream()
                .filter(request -> request.body().contains("room.created")
                        && request.body().contains("\"room\":\"" + room + "\""))
                .forEach(request -> announcements.add(request.id()));
        assertEquals(1, announcements.size(), announcements.toString());
    }

    @Test
    void whatFailsTooOftenIsADeadLetterThatCanBeSentAgain() throws Exception {
        MessageLog log = open();
        Webhook webhook = begin(log, 1);
        site.answer(request -> request.body().contains("poison") ? 400 : 200);
        append(log, room, "poison");
        await().until(() -> webhook.deadLetters(100).stream()
                .anyMatch(letter -> letter.part().room().equals(room.value())));
        var letter = webhook.deadLetters(100).stream()
                .filter(one -> one.part().room().equals(room.value()))
                .findFirst()
                .orElseThrow();
        assertEquals("HTTP 400", letter.reason());
        await().until(() -> webhook.stats().deadLetters().contains(letter));
        append(log, room, "next");
        await().until(() -> textsOf(room).equals(List.of("next")));
        site.answer(request -> 200);
        assertTrue(webhook.retry(letter.number()));
        await().until(() -> textsOf(room).equals(List.of("next", "poison")));
        await().until(() -> webhook.deadLetters(100).stream().noneMatch(one -> one.number() == letter.number()));
    }

    @Test
    void aRestartContinuesWhereItWas() throws Exception {
        MessageLog log = open();
        Webhook first = begin(log, 5);
        append(log, room, 0, 10);
        await().until(() -> textsOf(room).equals(numbers(10)));
        first.close();
        append(log, room, 10, 20);
        start(log, 5, 10);
        await().until(() -> textsOf(room).equals(numbers(20)));
    }

    @Test
    void whatIsUnansweredWhenTheNodeStopsIsSentAgain() throws Exception {
        MessageLog log = open();
        Webhook first = begin(log, 5);
        CountDownLatch answer = new CountDownLatch(1);
        site.answer(request -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 500;
        });
        append(log, room, 0, 5);
        await().until(() ->
                site.received.stream().anyMatch(request -> request.id().contains(room.value())));
        answer.countDown();
        first.close();
        site.answer(request -> 200);
        start(log, 5, 2);
        await().until(() -> textsOf(room).equals(numbers(5)));
    }

    @Test
    void contentThatWasDeletedBeforeTheDeliveryIsNotSent() throws Exception {
        MessageLog log = open();
        Webhook first = begin(log, 5);
        first.close();
        Message message = append(log, room, "secret");
        append(log, room, Kind.DELETE, null, message.id());
        start(log, 5, 10);
        await().until(() -> textsOf(room).size() == 2);
        assertTrue(site.received.stream().noneMatch(request -> request.body().contains("secret")));
        assertTrue(site.accepted.stream().anyMatch(request -> request.body().contains("\"deleted\":true")));
    }

    @Test
    void moderationActionsAreSent() throws Exception {
        MessageLog log = open();
        begin(log, 5);
        ModerationAction action = new ModerationAction(
                0,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                new ModerationAction.Moderator(new Author("user:mod", "Mod"), 10, "192.0.2.1"),
                ModerationAction.Type.MUTE,
                "user:" + prefix,
                room,
                null,
                "spam",
                null,
                null,
                null);
        log.stateStore().record(action).toCompletableFuture().join();
        await().until(() -> site.accepted.stream()
                .anyMatch(request -> request.body().contains("\"action\":\"mute\"")
                        && request.body().contains("user:" + prefix)));
        assertTrue(site.accepted.stream().noneMatch(request -> request.body().contains("192.0.2.1")));
    }

    @Test
    void messagesFromBeforeTheFirstStartAreNotSent() throws Exception {
        MessageLog log = open();
        append(log, room, "before");
        begin(log, 5);
        append(log, room, "after");
        await().until(() -> textsOf(room).equals(List.of("after")));
        assertEquals(
                Optional.empty(),
                site.received.stream()
                        .filter(request -> request.body().contains("before"))
                        .findAny());
    }
}
