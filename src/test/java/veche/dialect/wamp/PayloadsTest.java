package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.INTERRUPT;
import static veche.testing.MessageType.INVOCATION;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.YIELD;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.message.Payload;

/** How payloads pass between clients of one serialization, and of several. */
class PayloadsTest {
    /** A MessagePack extension of type 5, which no other serialization has. */
    private static final String EXTENSION = "d40507";
    /** 1970-01-01T00:00:01Z as a MessagePack timestamp. */
    private static final String TIMESTAMP = "d6ff00000001";

    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private static Frame hex(String octets) {
        return new Frame.Binary(ByteBuffer.wrap(HexFormat.of().parseHex(octets)));
    }

    /** PUBLISH on {@code a.b} of one argument, acknowledged. */
    private static Frame publish(int request, String argument) {
        return hex("9510%02x81ab61636b6e6f776c65646765c3a3612e6291".formatted(request) + argument);
    }

    /** PUBLISH on {@code a.b} of one argument, retained and acknowledged. */
    private static Frame retain(String argument) {
        return hex("95100182ab61636b6e6f776c65646765c3a672657461696ec3a3612e6291" + argument);
    }

    private static Frame call(int request, String procedure, String argument) {
        String uri = HexFormat.of().formatHex(procedure.getBytes());
        return hex("9530%02x80%02x".formatted(request, 0xa0 + procedure.length()) + uri + "91" + argument);
    }

    private static void assertEndsWith(String octets, Frame frame) {
        ByteBuffer data = ((Frame.Binary) frame).data();
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        assertTrue(
                HexFormat.of().formatHex(copy).endsWith(octets),
                () -> HexFormat.of().formatHex(copy));
    }

    private static Frame last(TestClient client) {
        List<Frame> frames = client.frames();
        return frames.get(frames.size() - 1);
    }

    @Test
    void anyJsonStringReachesSubscribersAndCalleesUnchanged() {
        TestClient publisher = realm.join();
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        subscriber.register("a.p");
        publisher.give(new Frame.Text("[16,1,{},\"a.b\",[\"\\ud800x\",\"\\u0000é\"]]"));
        subscriber.expect(EVENT);
        assertTrue(((Frame.Text) last(subscriber)).text().endsWith(",[\"\\ud800x\",\"\\u0000é\"]]"));
        publisher.give(new Frame.Text("[48,2,{},\"a.p\",[\"\\ud800x\"],{\"\\udc00\":1e400}]"));
        subscriber.expect(INVOCATION);
        assertTrue(((Frame.Text) last(subscriber)).text().endsWith(",[\"\\ud800x\"],{\"\\udc00\":1e400}]"));
        publisher.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.msgpack", "wamp.2.cbor"})
    void aStringOfAnotherSerializationThatBeginsWithNulDoesNotAnnounceBinaryInJson(String subprotocol) {
        TestClient publisher = realm.join(subprotocol);
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        publisher.request(PUBLISH, dict(), "a.b", List.of("\0hello", "\0YQ=="));
        assertEquals(List.of("␀hello", "␀YQ=="), subscriber.expect(EVENT).get(4));
    }

    @Test
    void aStringThatBeginsWithNulIsAStringInVersion1() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.connect("wamp");
        subscriber.expect(0);
        subscriber.give(new Frame.Text("[5,\"a.b\"]"));
        publisher.request(PUBLISH, dict(), "a.b", List.of("\0hello"));
        subscriber.expect(ERROR);
        assertEquals(new Frame.Text("[8,\"a.b\",\"\\u0000hello\"]"), last(subscriber));
    }

    @Test
    void whatOnlyMessagePackHasPassesBetweenItsClients() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join("wamp.2.msgpack");
        subscriber.subscribe("a.b");
        publisher.give(publish(1, EXTENSION));
        publisher.expect(PUBLISHED);
        subscriber.expect(EVENT);
        assertEndsWith("91" + EXTENSION, last(subscriber));
    }

    @Test
    void aTimestampIsTextForOtherSubscribersAndTheApplication() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        CompletableFuture<List<?>> heard = new CompletableFuture<>();
        realm.wamp
                .realm()
                .subscribe("a.b", event -> heard.complete(event.args()))
                .toCompletableFuture()
                .join();
        publisher.give(publish(1, TIMESTAMP));
        assertEquals(List.of("1970-01-01T00:00:01Z"), subscriber.expect(EVENT).get(4));
        assertEquals(List.of("1970-01-01T00:00:01Z"), heard.join());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.cbor"})
    void whatASubscriberCannotReceiveIsAnErrorToThePublication(String subprotocol) {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join(subprotocol);
        subscriber.subscribe("a.b");
        publisher.give(publish(1, EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        publisher.give(publish(2, "2a"));
        publisher.expect(PUBLISHED);
        assertEquals(List.of(42L), subscriber.expect(EVENT).get(4));
    }

    @Test
    void whatOneSubscriberCannotReceiveReachesTheOthers() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient unable = realm.join("wamp.2.json");
        TestClient able = realm.join("wamp.2.msgpack");
        TestClient old = realm.connect("wamp");
        unable.subscribe("a.b");
        able.subscribe("a.b");
        old.expect(0);
        old.give(new Frame.Text("[5,\"a.b\"]"));
        publisher.give(publish(1, EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        able.expect(EVENT);
        assertEndsWith("91" + EXTENSION, last(able));
        publisher.give(publish(2, TIMESTAMP));
        publisher.expect(PUBLISHED);
        assertEquals(List.of("1970-01-01T00:00:01Z"), unable.expect(EVENT).get(4));
        old.expect(ERROR);
        assertEquals(new Frame.Text("[8,\"a.b\",\"1970-01-01T00:00:01Z\"]"), last(old));
    }

    @Test
    void keywordsWithoutArgumentsAreMappedOrAnErrorToo() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient subscriber = realm.join();
        subscriber.subscribe("a.b");
        // PUBLISH, acknowledged, of null and {"x": …}.
        String beginning = "96100181ab61636b6e6f776c65646765c3a3612e62c081a178";
        publisher.give(hex(beginning + EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        publisher.give(hex(beginning.replace("961001", "961002") + TIMESTAMP));
        publisher.expect(PUBLISHED);
        assertEquals(
                Map.of("x", "1970-01-01T00:00:01Z"), subscriber.expect(EVENT).get(5));
    }

    @Test
    void argumentsWithATagAroundThemReachSubscribersWithoutIt() {
        TestClient publisher = realm.join("wamp.2.cbor");
        TestClient subscriber = realm.join("wamp.2.cbor");
        subscriber.subscribe("a.b");
        publisher.give(hex("851001a063612e62d8208101"));
        assertEquals(List.of(1L), subscriber.expect(EVENT).get(4));
        assertEndsWith("a08101", last(subscriber));
    }

    @Test
    void aStringOfVersion1IsAString() {
        TestClient publisher = realm.connect("wamp");
        publisher.expect(0);
        TestClient subscriber = realm.join("wamp.2.msgpack");
        subscriber.subscribe("a.b");
        publisher.give(new Frame.Text("[7,\"a.b\",\"\\u0000YQ==\"]"));
        assertEquals(List.of("\0YQ=="), subscriber.expect(EVENT).get(4));
    }

    @Test
    void whatNotEverySubscriberCouldReceiveCannotBeRetained() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        publisher.give(retain(EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
    }

    @Test
    void whatIsRetainedIsUnchangedForTheSameSerializationAndMappedForOthers() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        publisher.give(retain(TIMESTAMP));
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
    void batchedClientsOfTheSameSerializationReceiveWhatCameToo() {
        TestClient publisher = realm.join("wamp.2.cbor");
        TestClient batched = realm.join("wamp.2.cbor.batched");
        batched.subscribe("a.b");
        publisher.give(hex("851001a063612e6281a201c11a0000000102d90102830102f93c00"));
        batched.expect(EVENT);
        assertEndsWith("81a201c11a0000000102d90102830102f93c00", last(batched));
    }

    @Test
    void aRoomRefusesWhatCannotBeMappedAndTheSessionStays() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        String room = "af" + HexFormat.of().formatHex("veche.room.hall".getBytes()) + "91";
        String acknowledged = "81ab61636b6e6f776c65646765c3";
        publisher.give(hex("951001" + acknowledged + room + EXTENSION));
        assertEquals("wamp.error.invalid_argument", publisher.expectError());
        publisher.give(hex("95100280" + room + EXTENSION));
        publisher.give(hex("951003" + acknowledged + room + "a26869"));
        publisher.expect(PUBLISHED);
    }

    @Test
    void aCalleeIsInterruptedWhoseProgressiveResultTheCallerCannotReceive() {
        TestClient callee = realm.join("wamp.2.msgpack");
        TestClient caller = realm.join();
        callee.register("a.p");
        caller.request(CALL, dict("receive_progress", true), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        // YIELD with progress.
        callee.give(hex("9446%02x81a870726f6772657373c391".formatted(invocation) + EXTENSION));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        assertEquals(List.of(69L, invocation, dict("mode", "killnowait")), callee.expect(INTERRUPT));
        callee.say(YIELD, invocation, dict(), List.of("late"));
        caller.expectNothing();
    }

    @Test
    void progressThatTheCallerDidNotAskForIsDroppedWhateverItIs() {
        TestClient callee = realm.join("wamp.2.msgpack");
        TestClient caller = realm.join();
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.give(hex("9446%02x81a870726f6772657373c391".formatted(invocation) + EXTENSION));
        callee.say(YIELD, invocation, dict("progress", true, "ppt_scheme", "x_mine"), List.of("opaque"));
        callee.say(YIELD, invocation, dict(), List.of("done"));
        assertEquals(List.of("done"), caller.expect(RESULT).get(3));
        callee.expectNothing();
    }

    @Test
    void version1ReceivesMappedResultsAndAnErrorForOthers() {
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("a.p");
        TestClient caller = realm.connect("wamp");
        caller.expect(0);
        caller.give(new Frame.Text("[2,\"1\",\"a.p\"]"));
        callee.give(
                hex("9446%02x8091".formatted((Long) callee.expect(INVOCATION).get(1)) + "8107" + TIMESTAMP));
        assertEquals(
                List.of(Map.of("7", "1970-01-01T00:00:01Z")),
                caller.expect(ABORT).subList(2, 3));
        caller.give(new Frame.Text("[2,\"2\",\"a.p\"]"));
        callee.give(
                hex("9446%02x8091".formatted((Long) callee.expect(INVOCATION).get(1)) + EXTENSION));
        assertEquals(
                "http://api.wamp.ws/error#invalid-argument",
                caller.expect(CHALLENGE).get(2));
    }

    /** SUBSCRIBE, REGISTER, CALL and PUBLISH of a URI that is a character damaged in JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[32,1,{},\"a.\\ud800\"]",
                "[64,1,{},\"a.\\udc00\"]",
                "[48,1,{},\"\\ud800\\ud800\"]",
                "[16,1,{\"acknowledge\":true},\"a.\ufffd\"]"
            })
    void aUriOfDamagedCharactersIsAnErrorToItsRequest(String request) {
        TestClient client = realm.join();
        client.give(new Frame.Text(request));
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.expectNothing();
    }

    @Test
    void aStringInOptionsThatIsNotUtf8EndsNoSession() {
        TestClient client = realm.join("wamp.2.msgpack");
        // SUBSCRIBE with {"x": "\xff"} to "a", and one to "\xff".
        client.give(hex("94200181a178a1ffa161"));
        client.expect(SUBSCRIBED);
        client.give(hex("94200280a1ff"));
        assertEquals("wamp.error.invalid_uri", client.expectError());
        client.expectNothing();
    }

    @Test
    void whatACalleeCannotReceiveIsAnErrorToTheCall() {
        TestClient caller = realm.join("wamp.2.msgpack");
        TestClient callee = realm.join();
        callee.register("a.p");
        caller.give(call(1, "a.p", EXTENSION));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        callee.expectNothing();
    }

    @Test
    void whatACallerCannotReceiveIsAnErrorToTheCallAndTheCalleeStays() {
        TestClient caller = realm.join();
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("a.p");
        caller.request(CALL, dict(), "a.p");
        long invocation = (Long) callee.expect(INVOCATION).get(1);
        callee.give(hex("9446%02x8091".formatted(invocation) + EXTENSION));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        caller.request(CALL, dict(), "a.p");
        long second = (Long) callee.expect(INVOCATION).get(1);
        callee.give(hex("960844%02x80a3612e6291".formatted(second) + EXTENSION));
        List<Object> error = caller.expect(ERROR);
        assertEquals("a.b", error.get(4));
        callee.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {EXTENSION, "8101c3"})
    void aProcedureOfTheServerAnswersAnUnmappableArgumentWithAnError(String argument) {
        TestClient caller = realm.join("wamp.2.msgpack");
        caller.give(call(1, "wamp.session.get", argument));
        assertEquals("wamp.error.invalid_argument", caller.expectError());
        caller.expectNothing();
    }

    @Test
    void keywordsThatAreNoStringsPassAndAreStringsElsewhere() {
        TestClient publisher = realm.join("wamp.2.msgpack");
        TestClient same = realm.join("wamp.2.msgpack");
        TestClient other = realm.join();
        same.subscribe("a.b");
        other.subscribe("a.b");
        publisher.give(hex("96100180a3612e62908107c3"));
        same.expect(EVENT);
        assertEndsWith("908107c3", last(same));
        assertEquals(Map.of("7", true), other.expect(EVENT).get(5));
    }

    @Test
    void tagsInOptionsAreNothing() {
        TestClient client = realm.join("wamp.2.cbor");
        // SUBSCRIBE with {"match": 24("exact")}, to 32("a.b").
        client.give(hex("84182001a1656d61746368d818656578616374d82063612e62"));
        client.expect(SUBSCRIBED);
    }

    @Test
    void binaryDataIsAccountedWithItsSize() {
        assertTrue(Payload.of(ByteBuffer.allocate(1 << 20)).heapBytes() > 1 << 20);
        assertTrue(new Payload(Arrays.asList(1L), Map.of()).heapBytes() < 1_000);
    }
}
