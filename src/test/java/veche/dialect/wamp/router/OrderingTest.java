package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hasType;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** The ordering guarantees of the basic profile, tested with concurrent clients. */
class OrderingTest {
    private static final int PUBLISHERS = 4;
    private static final int EACH = 500;

    private final TestRealm realm = new TestRealm();
    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        realm.close();
    }

    private interface Task {
        void run(int number);
    }

    private void runConcurrently(Task task) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int number = i;
            running.add(threads.submit(() -> {
                start.await();
                task.run(number);
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : running) {
            one.get();
        }
    }

    @Test
    void eventsOfAPublisherKeepTheirOrderAcrossRoomsAndTopics() throws Exception {
        TestClient subscriber = realm.join();
        List<String> topics = List.of("veche.room.a", "com.example.x", "veche.room.b", "com.example.y");
        topics.forEach(subscriber::subscribe);
        List<TestClient> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(realm.join());
        }
        runConcurrently(publisher -> {
            for (int i = 0; i < EACH; i++) {
                String topic = topics.get((i / 3 + publisher) % topics.size());
                publishers.get(publisher).request(PUBLISH, dict(), topic, List.of(publisher + " " + i));
            }
        });
        Map<String, List<Integer>> received = new HashMap<>();
        for (int i = 0; i < PUBLISHERS * EACH; i++) {
            String[] text = ((String) ((List<?>) subscriber.expect(EVENT).get(4)).get(0)).split(" ");
            received.computeIfAbsent(text[0], name -> new ArrayList<>()).add(Integer.parseInt(text[1]));
        }
        for (List<Integer> numbers : received.values()) {
            assertEquals(EACH, numbers.size());
            for (int i = 1; i < EACH; i++) {
                assertTrue(numbers.get(i) > numbers.get(i - 1), () -> "order of " + numbers);
            }
        }
    }

    @Test
    void noEventArrivesBeforeSubscribedOrAfterUnsubscribed() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            clients.add(realm.join());
        }
        runConcurrently(number -> {
            TestClient client = clients.get(number);
            for (int i = 0; i < EACH; i++) {
                if (number % 2 == 0) {
                    client.request(PUBLISH, dict(), "a.b");
                } else {
                    client.request(SUBSCRIBE, dict(), "a.b");
                    List<Object> next = client.next();
                    assertEquals((long) SUBSCRIBED, next.get(0), "SUBSCRIBED is the first message");
                    client.request(UNSUBSCRIBE, next.get(2));
                    List<Object> received = client.next();
                    while (!hasType(received, UNSUBSCRIBED)) {
                        assertEquals((long) EVENT, received.get(0));
                        received = client.next();
                    }
                }
            }
        });
    }

    @Test
    void callsOfACallerKeepTheirOrderAndInvocationIdsAreSequential() throws Exception {
        TestClient callee = realm.join();
        callee.register("a.p");
        List<TestClient> callers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            callers.add(realm.join());
        }
        runConcurrently(number -> {
            for (long i = 0; i < EACH; i++) {
                callers.get(number).request(CALL, dict(), "a.p", List.of((long) number, i));
            }
        });
        long[] next = new long[PUBLISHERS];
        for (long id = 1; id <= PUBLISHERS * EACH; id++) {
            List<Object> invocation = callee.expect(INVOCATION);
            assertEquals(id, invocation.get(1));
            List<?> args = (List<?>) invocation.get(4);
            int caller = ((Long) args.get(0)).intValue();
            assertEquals(next[caller]++, args.get(1));
        }
    }

    @Test
    void endedSessionsLeaveNoSubscriptionsOrRegistrations() throws Exception {
        runConcurrently(number -> {
            for (int i = 0; i < 50; i++) {
                TestClient client = realm.join();
                client.subscribe("a.b");
                client.subscribe("a.", "match", "wildcard");
                client.register("a.p", "invoke", "random");
                client.request(CALL, dict(), "a.p");
                client.disconnect();
            }
        });
        TestClient last = realm.join();
        assertEquals(1L, last.call("wamp.session.count"));
        Map<String, Object> empty = dict("exact", List.of(), "prefix", List.of(), "wildcard", List.of());
        assertEquals(empty, last.call("wamp.subscription.list"));
        assertEquals(empty, last.call("wamp.registration.list"));
    }
}
