package veche.dialect.wamp.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.V1_CALL;
import static veche.testing.MessageType.V1_CALLERROR;
import static veche.testing.MessageType.V1_CALLRESULT;
import static veche.testing.MessageType.V1_EVENT;
import static veche.testing.MessageType.V1_PUBLISH;
import static veche.testing.MessageType.V1_SUBSCRIBE;
import static veche.testing.MessageType.YIELD;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;

/** WAMP v1 together with WAMP v2, and in rooms. */
class V1InteroperabilityTest extends V1Fixture {
    @Test
    void version1AndVersion2ShareTopics() {
        TestClient one = open().client();
        TestClient two = realm.join("wamp.2.cbor");
        one.sendMessage(V1_SUBSCRIBE, "com.example.topic");
        two.subscribe("com.example.topic");
        one.sendMessage(V1_PUBLISH, "com.example.topic", dict("x", 1L));
        assertEquals(List.of(dict("x", 1L)), two.expect(EVENT).get(4));
        two.request(PUBLISH, dict(), "com.example.topic", List.of(1L, 2L));
        assertEquals(message(V1_EVENT, "com.example.topic", List.of(1L, 2L)), one.expect(V1_EVENT));
        two.request(PUBLISH, dict(), "com.example.topic", List.of(), dict("k", "v"));
        assertEquals(dict("k", "v"), one.expect(V1_EVENT).get(2));
        two.request(PUBLISH, dict(), "com.example.topic");
        assertNull(one.expect(V1_EVENT).get(2));
    }

    @Test
    void version1CallsProceduresThatVersion2Registered() {
        TestClient caller = open().client();
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("com.example.add");
        caller.sendMessage(V1_CALL, "c1", "com.example.add", 1L, 2L);
        List<Object> invocation = callee.expect(INVOCATION);
        assertEquals(List.of(1L, 2L), invocation.get(4));
        callee.sendMessage(YIELD, invocation.get(1), dict(), List.of(3L));
        assertEquals(message(V1_CALLRESULT, "c1", 3L), caller.expect(V1_CALLRESULT));
        caller.sendMessage(V1_CALL, "c2", "com.example.add", 1L);
        callee.sendMessage(
                ERROR,
                INVOCATION,
                callee.expect(INVOCATION).get(1),
                dict(),
                "com.example.error.few",
                List.of("too few"),
                dict("n", 1L));
        assertEquals(
                message(V1_CALLERROR, "c2", "com.example.error.few", "too few", dict("n", 1L)),
                caller.expect(V1_CALLERROR));
    }

    @Test
    void bothVersionsPublishAndReceiveInRooms() {
        TestClient one = open().client();
        TestClient two = realm.join();
        one.sendMessage(V1_SUBSCRIBE, "http://veche/room#lobby");
        two.subscribe("veche.room.lobby");
        two.request(PUBLISH, dict("exclude_me", false), "veche.room.lobby", List.of("from 2"));
        Map<?, ?> received = (Map<?, ?>) one.expect(V1_EVENT).get(2);
        assertEquals("from 2", received.get("text"));
        two.expect(EVENT);
        one.sendMessage(V1_PUBLISH, "http://veche/room#lobby", "from 1");
        List<Object> event = two.expect(EVENT);
        assertEquals(List.of("from 1"), event.get(4));
        assertEquals(2L, ((Map<?, ?>) event.get(5)).get("position"));
        one.sendMessage(V1_CALL, "h", "http://veche/rpc#send", dict("room", "lobby", "text", "by call"));
        assertEquals("by call", ((Map<?, ?>) one.next().get(2)).get("text"));
        assertEquals(List.of("by call"), two.expect(EVENT).get(4));
    }

    @Test
    void aRoomMessageForSelectedSessionsIsNotPublished() {
        Peer one = open();
        TestClient two = realm.join();
        two.subscribe("veche.room.lobby");
        one.client().sendMessage(V1_PUBLISH, "http://veche/room#lobby", "secret", List.of("unknown"), List.of());
        one.client().sendMessage(V1_PUBLISH, "http://veche/room#lobby", "open", List.of());
        assertEquals(List.of("open"), two.expect(EVENT).get(4));
    }

    @Test
    void aRoomSubscribedByItsDottedNameIsDeliveredUnderIt() {
        TestClient one = open().client();
        one.sendMessage(V1_SUBSCRIBE, "veche.room.lobby");
        realm.join().request(PUBLISH, dict(), "veche.room.lobby", List.of("x"));
        assertEquals("veche.room.lobby", one.expect(V1_EVENT).get(1));
    }

    @Test
    void version1ReceivesRoomSignals() {
        TestClient one = open().client();
        one.sendMessage(V1_SUBSCRIBE, "http://veche/room#lobby.typing");
        realm.join().call("veche.typing", "lobby");
        List<Object> event = one.expect(V1_EVENT);
        assertEquals("http://veche/room#lobby.typing", event.get(1));
        assertEquals("lobby", ((Map<?, ?>) event.get(2)).get("room"));
    }
}
