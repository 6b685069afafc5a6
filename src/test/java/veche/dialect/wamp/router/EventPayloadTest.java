package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.hex;
import static veche.dialect.wamp.Messages.json;
import static veche.dialect.wamp.router.PayloadFrames.EXTENSION;
import static veche.dialect.wamp.router.PayloadFrames.TIMESTAMP;
import static veche.dialect.wamp.router.PayloadFrames.assertEndsWith;
import static veche.dialect.wamp.router.PayloadFrames.last;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.V1_EVENT;
import static veche.testing.MessageType.V1_PUBLISH;
import static veche.testing.MessageType.V1_SUBSCRIBE;
import static veche.testing.MessageType.V1_WELCOME;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;

/** Payloads of events between clients of the same serialization and of different ones. */
class EventPayloadTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    /** PUBLISH on {@code a.b} of one argument, acknowledged. */
    private static Frame publish(int request, String argument) {
        return hex("9510%02x81ab61636b6e6f776c65646765c3a3612e6291".formatted(request) + argument);
    }

    /** PUBLISH on {@code a.b} of one argument, retained and acknowledged. */
    private static Frame retain(String argument) {
        return hex("95100182ab61636b6e6f776c65646765c3a672657461696ec3a3612e6291" + argument);
    }

    @Test
    void anyJsonStringIsForwardedUnchanged() {
        TestClient publisher = realm.join();
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        subscriber.register("a.p");
        publisher.sendFrame(json(PUBLISH, "1,{},\"a.b\",[\"\\ud800x\",\"\\u0000é\"]"));
        subscriber.expect(EVENT);
        assertTrue(((Frame.Text) last(subscriber)).text().endsWith(",[\"\\ud800x\",\"\\u0000é\"]]"));
        publisher.sendFrame(json(CALL, "2,{},\"a.p\",[\"\\ud800x\"],{\"\\udc00\":1e400}"));
        subscriber.expect(INVOCATION);
        assertTrue(((Frame.Text) last(subscriber)).text().endsWith(",[\"\\ud800x\"],{\"\\udc00\":1e400}]"));
        publisher.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.msgpack", "wamp.2.cbor"})
    void aLeadingNulOfAnotherSerializationDoesNotDenoteBinaryInJson(String subprotocol) {
        TestClient publisher = realm.join(subprotocol);
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.request(PUBLISH, dict(), "a.b", List.of("\0hello", "\0YQ=="));
        assertEquals(List.of("␀hello", "␀YQ=="), subscriber.expect(EVENT).get(4));
    }

    @Test
    void aLeadingNulIsPartOfTheStringInVersion1() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.connect("wamp");
        subscriber.expect(V1_WELCOME);
        subscriber.sendFrame(json(V1_SUBSCRIBE, "\"a.b\""));
        publisher.request(PUBLISH, dict(), "a.b", List.of("\0hello"));
        subscriber.expect(V1_EVENT);
        assertEquals(json(V1_EVENT, "\"a.b\",\"\\u0000hello\""), last(subscriber));
    }

    @Test
    void aMessagePackExtensionIsForwardedBetweenMessagePackClients() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join("wamp.2.msgpack");
        subscriber.subscribe("a.b");
        publisher.sendFrame(publish(1, EXTENSION));
        publisher.expect(PUBLISHED);
        subscriber.expect(EVENT);
        assertEndsWith("91" + EXTENSION, last(subscriber));
    }

    @Test
    void aMessagePackTimestampIsTextForOtherFormatsAndTheApplication() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        CompletableFuture<List<?>> received = new CompletableFuture<>();
        realm.wamp
                .realm()
                .subscribe("a.b", event -> received.complete(event.args()))
                .toCompletableFuture()
                .join();
        publisher.sendFrame(publish(1, TIMESTAMP));
        assertEquals(List.of("1970-01-01T00:00:01Z"), subscriber.expect(EVENT).get(4));
        assertEquals(List.of("1970-01-01T00:00:01Z"), received.join());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.cbor"})
    void aPublicationThatASubscriberCannotReceiveIsAnError(String subprotocol) {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join(subprotocol);
        subscriber.subscribe("a.b");
        publisher.sendFrame(publish(1, EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        publisher.sendFrame(publish(2, "2a"));
        publisher.expect(PUBLISHED);
        assertEquals(List.of(42L), subscriber.expect(EVENT).get(4));
    }

    @Test
    void aPublicationThatOneSubscriberCannotReceiveReachesTheOthers() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient unable = realm.join("wamp.2.json");
        TestClient able = realm.join("wamp.2.msgpack");
        TestClient old = realm.connect("wamp");
        unable.subscribe("a.b");
        able.subscribe("a.b");
        old.expect(V1_WELCOME);
        old.sendFrame(json(V1_SUBSCRIBE, "\"a.b\""));
        publisher.sendFrame(publish(1, EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        able.expect(EVENT);
        assertEndsWith("91" + EXTENSION, last(able));
        publisher.sendFrame(publish(2, TIMESTAMP));
        publisher.expect(PUBLISHED);
        assertEquals(List.of("1970-01-01T00:00:01Z"), unable.expect(EVENT).get(4));
        old.expect(V1_EVENT);
        assertEquals(json(V1_EVENT, "\"a.b\",\"1970-01-01T00:00:01Z\""), last(old));
    }

    @Test
    void keywordArgumentsAloneAreMappedOrRejected() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        // PUBLISH, acknowledged, of null and {"x": …}.
        String beginning = "96100181ab61636b6e6f776c65646765c3a3612e62c081a178";
        publisher.sendFrame(hex(beginning + EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        publisher.sendFrame(hex(beginning.replace("961001", "961002") + TIMESTAMP));
        publisher.expect(PUBLISHED);
        assertEquals(
                Map.of("x", "1970-01-01T00:00:01Z"), subscriber.expect(EVENT).get(5));
    }

    @Test
    void aTagAroundArgumentsIsRemoved() {
        TestClient publisher = realm.join("wamp.2.cbor");
        TestClient subscriber = realm.join("wamp.2.cbor");
        subscriber.subscribe("a.b");
        // PUBLISH with the arguments 32([1]).
        publisher.sendFrame(hex("851001a063612e62d8208101"));
        assertEquals(List.of(1L), subscriber.expect(EVENT).get(4));
        assertEndsWith("a08101", last(subscriber));
    }

    @Test
    void aLeadingNulFromVersion1IsPartOfTheString() {
        TestClient publisher = realm.connect("wamp");
        publisher.expect(V1_WELCOME);
        TestClient subscriber = realm.join("wamp.2.msgpack");
        subscriber.subscribe("a.b");
        publisher.sendFrame(json(V1_PUBLISH, "\"a.b\",\"\\u0000YQ==\""));
        assertEquals(List.of("\0YQ=="), subscriber.expect(EVENT).get(4));
    }

    @Test
    void anUnmappableEventCannotBeRetained() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        publisher.sendFrame(retain(EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
    }

    @Test
    void aRetainedEventIsUnchangedForItsSerializationAndMappedForOthers() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        publisher.sendFrame(retain(TIMESTAMP));
        publisher.expect(PUBLISHED);
        TestClient same = realm.join("wamp.2.msgpack");
        same.subscribe("a.b", "get_retained", true);
        same.expect(EVENT);
        assertEndsWith("91" + TIMESTAMP, last(same));
        TestClient other = realm.join("wamp.2.cbor");
        other.subscribe("a.b", "get_retained", true);
        other.expect(EVENT);
        assertEndsWith("81c074313937302d30312d30315430303a30303a30315a", last(other));
    }

    @Test
    void aBatchedClientOfTheSameSerializationReceivesTheUnchangedPayload() {
        TestClient publisher = realm.join("wamp.2.cbor");
        TestClient batched = realm.join("wamp.2.cbor.batched");
        batched.subscribe("a.b");
        // PUBLISH with a map that has a tagged value, integers of several widths and a half-precision float.
        publisher.sendFrame(hex("851001a063612e6281a201c11a0000000102d90102830102f93c00"));
        batched.expect(EVENT);
        assertEndsWith("81a201c11a0000000102d90102830102f93c00", last(batched));
    }

    @Test
    void aRoomRejectsUnmappablePayloadsAndTheSessionContinues() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        String room = "af" + HexFormat.of().formatHex("veche.room.hall".getBytes()) + "91";
        String acknowledged = "81ab61636b6e6f776c65646765c3";
        // Three times PUBLISH: unmappable, unmappable without acknowledgement, and text.
        publisher.sendFrame(hex("951001" + acknowledged + room + EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        publisher.sendFrame(hex("95100280" + room + EXTENSION));
        publisher.sendFrame(hex("951003" + acknowledged + room + "a26869"));
        publisher.expect(PUBLISHED);
    }

    @Test
    void aStringInOptionsThatIsNotUtf8IsAccepted() {
        TestClient client = realm.join("wamp.2.msgpack");
        // SUBSCRIBE with {"x": "\xff"} to "a", and one to "\xff".
        client.sendFrame(hex("94200181a178a1ffa161"));
        client.expect(SUBSCRIBED);
        client.sendFrame(hex("94200280a1ff"));
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.expectNothing();
    }

    @Test
    void keysThatAreNotStringsAreForwardedAndMappedToStrings() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient same = realm.join("wamp.2.msgpack");
        TestClient other = realm.join();
        same.subscribe("a.b");
        other.subscribe("a.b");
        // PUBLISH with no arguments and the keyword arguments {7: true}.
        publisher.sendFrame(hex("96100180a3612e62908107c3"));
        same.expect(EVENT);
        assertEndsWith("908107c3", last(same));
        assertEquals(Map.of("7", true), other.expect(EVENT).get(5));
    }

    @Test
    void tagsInOptionsAreIgnored() {
        TestClient client = realm.join("wamp.2.cbor");
        // SUBSCRIBE with {"match": 24("exact")}, to 32("a.b").
        client.sendFrame(hex("84182001a1656d61746368d818656578616374d82063612e62"));
        client.expect(SUBSCRIBED);
    }
}
