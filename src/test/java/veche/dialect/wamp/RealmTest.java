package veche.dialect.wamp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Realm, the API for application code. */
class RealmTest {
    record Price(String currency, long cents) {}

    record Quote(String article, Price price, List<Integer> sizes, Optional<String> note) {}

    private final TestRealm realm = new TestRealm();
    private final Realm application = realm.wamp.realm();
    private final TestClient client = realm.join("wamp.2.cbor");

    @AfterEach
    void close() {
        realm.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static final Quote TEA = new Quote("tea", new Price("EUR", 995), List.of(1, 2), Optional.empty());

    @Test
    void aProcedureOfTheApplicationReturnsRecords() {
        get(application.register(
                "com.example.quote",
                call -> new Quote(call.arg(0, String.class), new Price("EUR", 995), List.of(1, 2), Optional.empty())));
        Map<String, Object> dict = dict(
                "article",
                "tea",
                "price",
                dict("currency", "EUR", "cents", 995L),
                "sizes",
                List.of(1L, 2L),
                "note",
                null);
        assertEquals(dict, client.call("com.example.quote", "tea"));
        assertEquals(TEA, get(application.call("com.example.quote", Quote.class, "tea")));
    }

    @Test
    void theApplicationCallsProceduresOfClients() {
        client.register("com.example.add");
        CompletionStage<Long> sum = application.call("com.example.add", Long.class, 2, 3);
        List<Object> invocation = client.expect(INVOCATION);
        assertEquals(List.of(2L, 3L), invocation.get(4));
        client.sendMessage(YIELD, invocation.get(1), dict(), List.of(5L));
        assertEquals(5L, get(sum));
    }

    @Test
    void errorsAreReportedInBothDirections() {
        get(application.register("com.example.no", call -> {
            throw new RealmException("com.example.error.no", "not today");
        }));
        get(application.register("com.example.bug", call -> {
            throw new IllegalStateException("secret");
        }));
        client.request(CALL, dict(), "com.example.no");
        assertEquals(
                List.of("com.example.error.no", List.of("not today")),
                client.expect(ERROR).subList(4, 6));
        client.request(CALL, dict(), "com.example.bug");
        assertEquals(
                List.of("wamp.error.runtime_error", List.of("The procedure failed")),
                client.expect(ERROR).subList(4, 6));
        CompletionException failed =
                assertThrows(CompletionException.class, () -> get(application.call("com.example.none", String.class)));
        assertEquals("wamp.error.no_such_procedure", ((RealmException) failed.getCause()).uri());
    }

    @Test
    void theApplicationPublishesAndSubscribes() {
        Queue<Quote> received = new ConcurrentLinkedQueue<>();
        Realm.Binding binding =
                get(application.subscribe("com.example.sold", event -> received.add(event.arg(0, Quote.class))));
        client.subscribe("com.example.sold");
        get(application.publish("com.example.sold", TEA));
        Object sold = ((List<?>) client.expect(EVENT).get(4)).get(0);
        client.request(PUBLISH, dict(), "com.example.sold", List.of(sold));
        await().until(() -> List.copyOf(received).equals(List.of(TEA)));
        get(binding.end());
        client.request(PUBLISH, dict("acknowledge", true), "com.example.sold", List.of(sold));
        client.expect(PUBLISHED);
        assertEquals(
                1L,
                client.call(
                        "wamp.subscription.count_subscribers",
                        client.call("wamp.subscription.lookup", "com.example.sold")));
    }

    @Test
    void theApplicationPublishesAndSubscribesInRooms() {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        get(application.subscribe("veche.room.lobby", event -> received.add(event.kwarg("text", String.class))));
        client.subscribe("veche.room.lobby");
        get(application.publish("veche.room.lobby", "from the server"));
        assertEquals(List.of("from the server"), client.expect(EVENT).get(4));
        for (int i = 0; i < 200; i++) {
            client.request(PUBLISH, dict(), "veche.room.lobby", List.of("m" + i));
        }
        await().until(() -> received.size() == 200);
        assertEquals("m0", received.peek());
        Map<?, ?> joined = get(application.call("veche.join", Map.class, "lobby"));
        assertEquals(201L, joined.get("position"));
    }

    @Test
    void aProcedureCanBeUnregistered() {
        get(get(application.register("com.example.p", call -> null)).end());
        client.request(CALL, dict(), "com.example.p");
        assertEquals("wamp.error.no_such_procedure", client.expectError());
    }

    @Test
    void theApplicationIsNotListedAndMayEndSessions() {
        assertEquals(1L, client.call("wamp.session.count"));
        assertEquals(1L, get(application.call("wamp.session.kill_all", Long.class)));
        client.expect(GOODBYE);
    }

    @Test
    void nullIsAResult() {
        get(application.register("com.example.nothing", call -> null));
        assertNull(client.call("com.example.nothing"));
        assertNull(get(application.call("com.example.nothing", String.class)));
    }
}
