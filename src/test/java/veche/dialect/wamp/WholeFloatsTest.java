package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.REGISTERED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.UNREGISTER;
import static veche.testing.MessageType.UNREGISTERED;
import static veche.testing.MessageType.UNSUBSCRIBE;
import static veche.testing.MessageType.UNSUBSCRIBED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some clients encode integers as floating-point numbers; these are accepted wherever an integer is expected. */
class WholeFloatsTest {
    private final TestRealm realm = new TestRealm();

    @BeforeEach
    void start() {
        realm.rooms.moderation().start().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private static List<Object> asFloats(List<Object> args) {
        List<Object> floats = new ArrayList<>(args);
        floats.replaceAll(arg -> arg instanceof Long number ? (Object) number.doubleValue() : arg);
        return floats;
    }

    /** Every server procedure with an integer argument, in an order in which they can be called. */
    private Map<String, List<Object>> calls(TestClient client) {
        long other = realm.joinAs("wamp.2.json", "eve").session;
        long subscription = client.subscribe("a.b");
        long registration = client.register("a.p");
        Map<String, List<Object>> calls = new LinkedHashMap<>();
        calls.put("wamp.session.get", List.of(other));
        for (String name : List.of("get", "list_subscribers", "count_subscribers", "get_events")) {
            calls.put("wamp.subscription." + name, List.of(subscription));
        }
        for (String name : List.of("get", "list_callees", "count_callees")) {
            calls.put("wamp.registration." + name, List.of(registration));
        }
        calls.put("veche.history", List.of("hall", 9L, 5L));
        calls.put("veche.search", List.of("hall", "one", 9L, 5L, 0L));
        calls.put("veche.read", List.of("hall", 1L));
        calls.put("veche.ban", List.of("user:bob", "hall", 60L));
        calls.put("veche.mute", List.of("user:bob", "hall", 60L));
        calls.put("veche.audit", List.of(9L, 5L));
        calls.put("wamp.session.kill", List.of(other));
        return calls;
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void everyProcedureAcceptsIntegralFloats(String subprotocol) {
        TestClient client = realm.joinAs(subprotocol, "mod", "moderator", "admin");
        client.call("veche.send", "hall", "one");
        calls(client).forEach((procedure, args) -> {
            client.request(CALL, dict(), procedure, asFloats(args));
            List<Object> answer = client.next();
            assertEquals((long) RESULT, answer.get(0), () -> procedure + ": " + answer);
            if (!procedure.endsWith("kill")) {
                client.request(CALL, dict(), procedure, args);
                assertEquals(answer.size(), client.expect(RESULT).size(), procedure);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void optionsAndFieldsAcceptIntegralFloats(String subprotocol) {
        TestClient client = realm.join(subprotocol);
        client.sendMessage((double) CALL, 1.0, dict("timeout", 5_000.0), "veche.send", List.of("hall", "one"));
        Object epoch = ((Map<?, ?>) ((List<?>) client.expect(RESULT).get(3)).get(0)).get("epoch");
        client.sendMessage(SUBSCRIBE, 2.0, dict("_after", dict("epoch", epoch, "position", 0.0)), "veche.room.hall");
        long subscription = (Long) client.expect(SUBSCRIBED).get(2);
        assertEquals(true, ((Map<?, ?>) client.expect(EVENT).get(3)).get("_recovered"));
        assertEquals(List.of("one"), client.expect(EVENT).get(4));
        client.sendMessage(UNSUBSCRIBE, 3.0, (double) subscription);
        client.expect(UNSUBSCRIBED);
        client.sendMessage(REGISTER, 4.0, dict(), "a.p");
        long registration = (Long) client.expect(REGISTERED).get(2);
        client.sendMessage(CALL, 5.0, dict(), "a.p");
        double invocation = ((Long) client.expect(INVOCATION).get(1)).doubleValue();
        client.sendMessage((double) ERROR, (double) INVOCATION, invocation, dict(), "a.no");
        assertEquals("a.no", client.expectError());
        client.sendMessage(UNREGISTER, 6.0, (double) registration);
        client.expect(UNREGISTERED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, -0.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
    void otherFloatsAreRejected(double given) {
        TestClient client = realm.join("wamp.2.msgpack");
        client.request(CALL, dict(), "veche.history", List.of("hall", given));
        assertEquals("wamp.error.invalid_argument", client.expectError());
        client.request(CALL, dict(), "wamp.session.get", List.of(given));
        assertEquals("wamp.error.invalid_argument", client.expectError());
    }

    record Amounts(long whole, Long boxed, int small, Integer smallBoxed, double real) {}

    @Test
    void theTypesOfTheApplicationAcceptIntegralFloats() {
        TestClient client = realm.join("wamp.2.msgpack");
        Realm application = realm.wamp.realm();
        application
                .register("com.example.sum", call -> {
                    Amounts amounts = call.arg(0, Amounts.class);
                    return amounts.whole() + amounts.boxed() + amounts.small() + amounts.smallBoxed() + amounts.real();
                })
                .toCompletableFuture()
                .join();
        Map<String, Object> floats = dict("whole", 1.0, "boxed", 2.0, "small", 3.0, "smallBoxed", 4.0, "real", 5L);
        assertEquals(15.0, client.call("com.example.sum", floats));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "boxed", "small", "smallBoxed"})
    void theIntegersOfTheApplicationRejectOtherFloats(String component) {
        TestClient client = realm.join("wamp.2.msgpack");
        realm.wamp
                .realm()
                .register("com.example.same", call -> call.arg(0, Amounts.class))
                .toCompletableFuture()
                .join();
        Map<String, Object> amounts =
                dict("whole", 1L, "boxed", 2L, "small", 3L, "smallBoxed", 4L, "real", 5L, component, 1.5);
        client.request(CALL, dict(), "com.example.same", List.of(amounts));
        assertEquals("wamp.error.runtime_error", client.expectError());
        amounts.put(component, 1e300);
        client.request(CALL, dict(), "com.example.same", List.of(amounts));
        assertEquals("wamp.error.runtime_error", client.expectError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void anIntegralFloatIsAcceptedAsAnIntegerArgument(String subprotocol) {
        TestClient client = realm.join(subprotocol);
        Map<?, ?> found = (Map<?, ?>) client.call("wamp.session.get", (double) client.session);
        assertEquals(client.session, found.get("session"));
        client.request(CALL, dict(), "wamp.session.get", List.of(1.5));
        assertEquals("wamp.error.invalid_argument", client.expectError());
    }

    @Test
    void integralFloatsAreAcceptedAsIds() {
        TestClient one = realm.join("wamp.2.msgpack");
        TestClient two = realm.join("wamp.2.msgpack");
        two.sendMessage(SUBSCRIBE, 1.0, dict(), "a.b");
        two.expect(SUBSCRIBED);
        one.request(PUBLISH, dict("eligible", List.of((double) two.session)), "a.b");
        two.expect(EVENT);
    }
}
