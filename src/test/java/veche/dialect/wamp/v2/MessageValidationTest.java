package veche.dialect.wamp.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.json;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.WELCOME;
import static veche.testing.MessageType.YIELD;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Which messages a session accepts, and which are protocol violations. */
class MessageValidationTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[null]",
                "[\"" + SUBSCRIBE + "\",1,{},\"a.b\"]",
                "[9999,1]",
                "[" + SUBSCRIBE + "]",
                "[" + SUBSCRIBE + ",\"1\",{},\"a.b\"]",
                "[" + SUBSCRIBE + ",1,[],\"a.b\"]",
                "[" + SUBSCRIBE + ",1,{},7]",
                "[" + SUBSCRIBE + ",1,{},\"a.b\",[],{},1]",
                "[" + SUBSCRIBE + ",0,{},\"a.b\"]",
                "[" + SUBSCRIBE + ",9007199254740993,{},\"a.b\"]",
                "[" + SUBSCRIBE + ",1.5,{},\"a.b\"]",
                "[" + SUBSCRIBE + ",-1,{},\"a.b\"]",
                "[" + PUBLISH + ",1,{\"acknowledge\":1},\"a.b\"]",
                "[" + PUBLISH + ",1,{},\"a.b\",{}]",
                "[" + PUBLISH + ",1,{},\"a.b\",[],[]]",
                "[" + SUBSCRIBE + ",1,{},\"a.b\"",
                "[" + SUBSCRIBE + ",1,{},\"a.b\"][]",
                "hello",
                "",
                "[" + WELCOME + ",1,{}]",
                "[" + CHALLENGE + ",\"ticket\",{}]",
                "[" + SUBSCRIBED + ",1,1]",
                "[" + YIELD + ",1,{}]",
                "[" + ERROR + "," + CALL + ",1,{},\"a.b\"]"
            })
    void aMalformedOrUnexpectedMessageIsAborted(String text) {
        TestClient client = realm.join();
        client.sendFrame(new Frame.Text(text));
        client.expectProtocolViolation();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.b\",null,{\"a\":1}]",
                "[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.b\",[],null]",
                "[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.b\",null,null]",
                "[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.b\",null]",
                "[" + PUBLISH + ".0,1.0,{\"acknowledge\":true},\"a.b\"]",
                "[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.b\",[\"\\u0000é\"]]"
            })
    void nullPayloadsIntegralFloatsAndAnyStringAreAccepted(String text) {
        TestClient client = realm.join();
        client.sendFrame(new Frame.Text(text));
        client.expect(PUBLISHED);
    }

    @Test
    void keywordArgumentsAfterNullArgumentsReachSubscribers() {
        TestClient publisher = realm.join();
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.sendFrame(json(PUBLISH, "1,{},\"a.b\",null,{\"a\":1}"));
        assertEquals(
                List.of(List.of(), Map.of("a", 1L)), subscriber.expect(EVENT).subList(4, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack", "wamp.2.cbor"})
    void aMessageWithTooManyElementsIsAbortedAndTheLimitIsReported(String subprotocol) {
        TestClient client = realm.join(subprotocol);
        client.request(PUBLISH, dict(), "a.b", Collections.nCopies(200_000, List.of()));
        assertEquals(
                Map.of("message", "A message has more than 100000 elements"),
                client.expect(ABORT).get(1));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closeCode());
    }

    @Test
    void aProtocolViolationEndsTheSessionWithItsSubscriptionsAndRegistrations() {
        TestClient broken = realm.join();
        TestClient other = realm.join();
        broken.subscribe("a.b");
        broken.register("a.p");
        broken.sendFrame(new Frame.Text("nonsense"));
        broken.expect(ABORT);
        broken.request(PUBLISH, dict(), "a.b");
        other.request(PUBLISH, dict("acknowledge", true), "a.b");
        other.expect(PUBLISHED);
        assertEquals(0, broken.unread());
        other.request(CALL, dict(), "a.p");
        assertEquals("wamp.error.no_such_procedure", other.expectError());
    }

    @Test
    void aBinaryFrameOnATextSubprotocolIsAProtocolViolation() {
        TestClient json = realm.join();
        json.sendFrame(TestClient.FORMATS.cbor().write(message(GOODBYE, dict(), "a.b")));
        json.expectProtocolViolation();
    }

    @Test
    void unknownOptionsAreIgnored() {
        TestClient client = realm.join();
        client.request(SUBSCRIBE, dict("_mine", 1L, "future_option", dict()), "a.b");
        client.expect(SUBSCRIBED);
    }
}
