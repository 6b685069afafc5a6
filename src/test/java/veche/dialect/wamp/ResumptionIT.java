package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A client that resumes its subscription after each lost connection misses no message. */
@ArquillianTest
@RunAsClient
class ResumptionIT {
    private static final String TOPIC = "veche.room.resumption";
    private static final int MESSAGES = 10_000;
    private static final int LOSSES = 100;
    /** The remaining messages arrive on the last connection, which is not lost. */
    private static final int RECEIVED_BEFORE_A_LOSS = 99;
    /** How many messages the publisher may be ahead; so messages are in flight at each loss. */
    private static final int AHEAD = 400;

    private final Semaphore ahead = new Semaphore(AHEAD);
    private final List<String> received = new ArrayList<>();
    private String epoch;
    private long position;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    private WampSocket connect() {
        return new WampSocket(URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + "chat"));
    }

    @Test
    void aClientThatLosesItsConnectionAHundredTimesReceivesEveryMessageOnceInOrder() throws Exception {
        WampSocket subscriber = connect();
        Map<?, ?> current = subscribe(subscriber, null);
        epoch = (String) current.get("_epoch");
        position = (Long) current.get("_position");
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(this::publish);
        for (int loss = 0; loss < LOSSES; loss++) {
            receive(subscriber, RECEIVED_BEFORE_A_LOSS);
            subscriber.close();
            subscriber = connect();
            Map<?, ?> details = subscribe(subscriber, dict("epoch", epoch, "position", position));
            assertEquals(List.of(true, epoch), List.of(details.get("_recovered"), details.get("_epoch")));
        }
        receive(subscriber, MESSAGES - received.size());
        publishing.get(1, TimeUnit.MINUTES);
        subscriber.close();
        assertEquals(IntStream.range(0, MESSAGES).mapToObj(n -> "message " + n).toList(), received);
    }

    /** Subscribes and returns the Details of the event that reports the current position. */
    private static Map<?, ?> subscribe(WampSocket subscriber, Object after) {
        subscriber.sendMessage(SUBSCRIBE, 1, dict("_after", after), TOPIC);
        subscriber.expect(SUBSCRIBED);
        return (Map<?, ?>) subscriber.expect(EVENT).get(3);
    }

    private void receive(WampSocket subscriber, int count) {
        for (int i = 0; i < count; i++) {
            List<Object> event = subscriber.expect(EVENT);
            assertEquals(position + 1, ((Map<?, ?>) event.get(3)).get("_position"));
            position++;
            received.add((String) ((List<?>) event.get(4)).get(0));
            ahead.release();
        }
    }

    /** Sends each message twice with the same key, as a client does that does not know whether the first was stored. */
    private void publish() {
        try (WampSocket publisher = connect()) {
            for (int n = 0; n < MESSAGES; n++) {
                ahead.acquireUninterruptibly();
                for (int time = 1; time <= 2; time++) {
                    Map<String, Object> key = dict("key", "resumption " + n);
                    publisher.sendMessage(
                            PUBLISH, 2 * n + time, dict("acknowledge", true), TOPIC, List.of("message " + n), key);
                }
            }
            for (int n = 0; n < 2 * MESSAGES; n++) {
                publisher.expect(PUBLISHED);
            }
        }
    }
}
