package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.Frame;

class Version1Test {
    private static final String TOPIC = "http://example.com/simple";
    private static final String BARRIER = "http://example.com/barrier";

    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private record Peer(TestClient client, String session) {}

    private Peer open() {
        TestClient client = realm.connect("wamp");
        return new Peer(client, (String) client.expect(0).get(1));
    }

    @Test
    void theServerSpeaksFirstWithWelcome() {
        TestClient client = realm.connect("wamp");
        List<Object> welcome = client.expect(0);
        assertTrue(((String) welcome.get(1)).length() > 4);
        assertEquals(List.of(1L, "Veche"), welcome.subList(2, 4));
    }

    @Test
    void aCallIsAnsweredWithItsId() {
        TestClient client = open().client();
        client.say(2, "7DK6TdN4wLiUJgNM", "http://veche/rpc#rooms");
        assertEquals(List.of(3L, "7DK6TdN4wLiUJgNM", List.of()), client.expect(3));
    }

    @Test
    void aResultIsPresentEvenIfNull() {
        TestClient client = open().client();
        client.say(2, "x", "http://veche/rpc#typing", "lobby");
        assertEquals(Arrays.asList(3L, "x", null), client.expect(3));
    }

    @Test
    void anUnknownProcedureIsACallError() {
        TestClient client = open().client();
        client.say(2, "x", "http://example.com/none");
        List<Object> error = client.expect(4);
        assertEquals(List.of("x", "http://api.wamp.ws/error#NoSuchRPCEndpoint"), error.subList(1, 3));
        assertTrue(error.get(3) instanceof String);
        assertEquals(4, error.size());
    }

    @Test
    void aCurieIsReplacedByItsPrefixAndMayBeSetAnew() {
        TestClient one = open().client();
        TestClient two = open().client();
        one.say(1, "ex", "http://wrong/");
        one.say(1, "ex", "http://example.com/");
        one.say(5, "ex:simple");
        two.say(7, TOPIC, "hello");
        assertEquals(List.of(8L, TOPIC, "hello"), one.expect(8));
    }

    @Test
    void aPrefixBelongsToItsConnection() {
        TestClient one = open().client();
        TestClient two = open().client();
        one.say(1, "ex", "http://example.com/");
        two.say(5, "ex:simple");
        one.say(7, "ex:simple", 1);
        one.say(7, "http://example.com/x", 2);
        two.say(5, "http://example.com/x");
        one.say(7, "http://example.com/x", 3);
        assertEquals(List.of(8L, "http://example.com/x", 3L), two.expect(8));
    }

    @Test
    void afterUnsubscribeNothingIsHeard() {
        TestClient one = open().client();
        TestClient two = open().client();
        one.say(5, TOPIC);
        one.say(5, BARRIER);
        one.say(6, TOPIC);
        two.say(7, TOPIC, 1);
        two.say(7, BARRIER, 2);
        assertEquals(List.of(8L, BARRIER, 2L), one.expect(8));
    }

    @Test
    void publishingOrSubscribingInVainIsIgnored() {
        TestClient client = open().client();
        client.say(5, "");
        client.say(6, TOPIC);
        client.say(7, "wamp.session.on_join", 1);
        client.say(7, "http://veche/room#Not A Room", "x");
        client.say(2, "x", "http://veche/rpc#rooms");
        client.expect(3);
        assertNull(client.closed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{}",
                "[]",
                "[0]",
                "[\"7\"]",
                "[3,\"x\",null]",
                "[8,\"t\",1]",
                "[1,\"p\",{}]",
                "[2,\"x\"]",
                "[5]",
                "[7,\"t\"]",
                "[7,\"t\",1,2]",
                "[7,\"t\",1,[],1]",
                "[7,\"t\",1,[],[],1]",
                "[99,1]",
                "[2,1,\"p\"]"
            })
    void whatIsNotWampClosesTheConnection(String text) {
        TestClient client = open().client();
        client.give(new Frame.Text(text));
        assertEquals(CloseCode.PROTOCOL_ERROR, client.closed());
    }

    @Test
    void aBinaryMessageIsIgnored() {
        TestClient client = open().client();
        client.give(new Frame.Binary(java.nio.ByteBuffer.wrap(new byte[] {1})));
        client.say(2, "x", "http://veche/rpc#rooms");
        client.expect(3);
    }

    static Stream<Object> payloads() {
        return Stream.of(
                100L,
                -0.248,
                -1000000L,
                "hello",
                true,
                false,
                List.of(666L, 23L, 999L),
                Arrays.asList(dict(), List.of(), null),
                List.of(100L, "hello", dict("foo", "bar"), List.of(1L, 2L, 3L), List.of("hello", dict("baz", "poo"))));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadArrivesAsItWasSent(Object payload) {
        TestClient one = open().client();
        one.say(5, TOPIC);
        open().client().say(7, TOPIC, payload);
        assertEquals(List.of(8L, TOPIC, payload), one.expect(8));
    }

    @Test
    void nullIsAPayloadToo() {
        TestClient one = open().client();
        one.say(5, TOPIC);
        open().client().say(7, TOPIC, null);
        assertEquals(Arrays.asList(8L, TOPIC, null), one.expect(8));
    }

    /** All combinations; null is what the publisher leaves out. */
    static Stream<Arguments> deliveries() {
        List<Boolean> excludeMe = Arrays.asList(null, true, false);
        List<List<Integer>> lists = Arrays.asList(null, List.of(), List.of(0), List.of(1), List.of(0, 1));
        return excludeMe.stream()
                .flatMap(me -> lists.stream()
                        .flatMap(exclude -> lists.stream().map(eligible -> Arguments.of(me, exclude, eligible))));
    }

    /**
     * Autobahn's test suite for servers of v1 (crossbario/autobahn-testsuite, wampcase2_2_x_x.py): peer 0 publishes, both
     * subscribe. Who hears it is (subscribers - excluded) ∩ eligible.
     */
    @ParameterizedTest
    @MethodSource("deliveries")
    void thoseNotExcludedWhoAreEligibleHear(Boolean excludeMe, List<Integer> exclude, List<Integer> eligible) {
        List<Integer> excluded = exclude != null ? exclude : Boolean.FALSE.equals(excludeMe) ? List.of() : List.of(0);
        List<Integer> expected = Stream.of(0, 1)
                .filter(peer -> !excluded.contains(peer) && (eligible == null || eligible.contains(peer)))
                .toList();
        assertEquals(expected, receivers(excludeMe, exclude, eligible));
    }

    static Stream<Arguments> quoted() {
        return Stream.of(
                Arguments.of(null, null, null, List.of(1)),
                Arguments.of(true, null, null, List.of(1)),
                Arguments.of(false, null, null, List.of(0, 1)),
                Arguments.of(true, List.of(), null, List.of(0, 1)),
                Arguments.of(false, List.of(0), null, List.of(1)),
                Arguments.of(true, List.of(1), null, List.of(0)),
                Arguments.of(null, List.of(), List.of(0), List.of(0)),
                Arguments.of(null, List.of(0), List.of(0), List.of()),
                Arguments.of(false, null, List.of(0), List.of(0)),
                Arguments.of(null, null, List.of(), List.of()),
                Arguments.of(false, List.of(0, 1), List.of(0, 1), List.of()));
    }

    @ParameterizedTest
    @MethodSource("quoted")
    void theSuitesOwnRowsHold(Boolean me, List<Integer> exclude, List<Integer> eligible, List<Integer> expected) {
        assertEquals(expected, receivers(me, exclude, eligible));
    }

    private List<Integer> receivers(Boolean excludeMe, List<Integer> exclude, List<Integer> eligible) {
        List<Peer> peers = List.of(open(), open());
        for (Peer peer : peers) {
            peer.client().say(5, TOPIC);
            peer.client().say(5, BARRIER);
        }
        peers.get(0).client().say(publish(peers, excludeMe, exclude, eligible).toArray());
        peers.get(0).client().say(7, BARRIER, 0, false);
        List<Integer> receivers = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            List<Object> first = peers.get(i).client().expect(8);
            if (first.get(1).equals(TOPIC)) {
                receivers.add(i);
            }
        }
        return receivers;
    }

    /** As the suite's client puts it. */
    private static List<Object> publish(List<Peer> peers, Boolean me, List<Integer> exclude, List<Integer> eligible) {
        List<Object> message = new ArrayList<>(List.of(7, TOPIC, "Hello, world!"));
        if (exclude != null) {
            message.add(names(peers, exclude));
        } else if (eligible != null) {
            message.add(names(peers, Boolean.FALSE.equals(me) ? List.of() : List.of(0)));
        } else if (me != null) {
            message.add(me);
        }
        if (eligible != null) {
            message.add(names(peers, eligible));
        }
        return message;
    }

    private static List<String> names(List<Peer> peers, List<Integer> indices) {
        return indices.stream().map(index -> peers.get(index).session()).toList();
    }

    @Test
    void unknownSessionsInListsAreIgnored() {
        Peer one = open();
        Peer two = open();
        one.client().say(5, TOPIC);
        two.client().say(7, TOPIC, 1, List.of("nobody!", "zz"), List.of(one.session(), "никто"));
        one.client().expect(8);
    }

    @Test
    void version1AndVersion2MeetOnTopics() {
        TestClient one = open().client();
        TestClient two = realm.join("wamp.2.cbor");
        one.say(5, "com.example.topic");
        two.subscribe("com.example.topic");
        one.say(7, "com.example.topic", dict("x", 1L));
        assertEquals(List.of(dict("x", 1L)), two.expect(36).get(4));
        two.request(16, dict(), "com.example.topic", List.of(1L, 2L));
        assertEquals(List.of(8L, "com.example.topic", List.of(1L, 2L)), one.expect(8));
        two.request(16, dict(), "com.example.topic", List.of(), dict("k", "v"));
        assertEquals(dict("k", "v"), one.expect(8).get(2));
        two.request(16, dict(), "com.example.topic");
        assertNull(one.expect(8).get(2));
    }

    @Test
    void version1CallsWhatVersion2Registered() {
        TestClient caller = open().client();
        TestClient callee = realm.join("wamp.2.msgpack");
        callee.register("com.example.add");
        caller.say(2, "c1", "com.example.add", 1L, 2L);
        List<Object> invocation = callee.expect(68);
        assertEquals(List.of(1L, 2L), invocation.get(4));
        callee.say(70, invocation.get(1), dict(), List.of(3L));
        assertEquals(List.of(3L, "c1", 3L), caller.expect(3));
        caller.say(2, "c2", "com.example.add", 1L);
        callee.say(8, 68, callee.expect(68).get(1), dict(), "com.example.error.few", List.of("too few"), dict("n", 1L));
        assertEquals(List.of(4L, "c2", "com.example.error.few", "too few", dict("n", 1L)), caller.expect(4));
    }

    @Test
    void aRoomIsATopicInBothVersions() {
        TestClient one = open().client();
        TestClient two = realm.join();
        one.say(5, "http://veche/room#lobby");
        two.subscribe("veche.room.lobby");
        two.request(16, dict("exclude_me", false), "veche.room.lobby", List.of("from 2"));
        Map<?, ?> heard = (Map<?, ?>) one.expect(8).get(2);
        assertEquals("from 2", heard.get("text"));
        two.expect(36);
        one.say(7, "http://veche/room#lobby", "from 1");
        List<Object> event = two.expect(36);
        assertEquals(List.of("from 1"), event.get(4));
        assertEquals(2L, ((Map<?, ?>) event.get(5)).get("position"));
        one.say(2, "h", "http://veche/rpc#send", dict("room", "lobby", "text", "by call"));
        assertEquals("by call", ((Map<?, ?>) one.next().get(2)).get("text"));
        assertEquals(List.of("by call"), two.expect(36).get(4));
    }

    @Test
    void aRoomsMessageForSomeSessionsOnlyIsNotPublished() {
        Peer one = open();
        TestClient two = realm.join();
        two.subscribe("veche.room.lobby");
        one.client().say(7, "http://veche/room#lobby", "secret", List.of("nobody"), List.of());
        one.client().say(7, "http://veche/room#lobby", "open", List.of());
        assertEquals(List.of("open"), two.expect(36).get(4));
    }

    @Test
    void aRoomSubscribedByItsDottedNameIsHeardByIt() {
        TestClient one = open().client();
        one.say(5, "veche.room.lobby");
        realm.join().request(16, dict(), "veche.room.lobby", List.of("x"));
        assertEquals("veche.room.lobby", one.expect(8).get(1));
    }

    @Test
    void version1HearsSignalsOfARoom() {
        TestClient one = open().client();
        one.say(5, "http://veche/room#lobby.typing");
        realm.join().call("veche.typing", "lobby");
        List<Object> event = one.expect(8);
        assertEquals("http://veche/room#lobby.typing", event.get(1));
        assertEquals("lobby", ((Map<?, ?>) event.get(2)).get("room"));
    }
}
