package veche.dialect.wamp.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.dialect.wamp.Messages.message;
import static veche.testing.MessageType.V1_EVENT;
import static veche.testing.MessageType.V1_PUBLISH;
import static veche.testing.MessageType.V1_SUBSCRIBE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.wamp.TestClient;

/** The events that subscribers of WAMP v1 receive. */
class V1DeliveryTest extends V1Fixture {
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
    void aPayloadIsDeliveredUnchanged(Object payload) {
        TestClient one = open().client();
        one.sendMessage(V1_SUBSCRIBE, TOPIC);
        open().client().sendMessage(V1_PUBLISH, TOPIC, payload);
        assertEquals(message(V1_EVENT, TOPIC, payload), one.expect(V1_EVENT));
    }

    @Test
    void nullIsDelivered() {
        TestClient one = open().client();
        one.sendMessage(V1_SUBSCRIBE, TOPIC);
        open().client().sendMessage(V1_PUBLISH, TOPIC, null);
        assertEquals(message(V1_EVENT, TOPIC, null), one.expect(V1_EVENT));
    }

    /** All combinations; null stands for an argument that the publisher omits. */
    static Stream<Arguments> exclusions() {
        List<Boolean> excludeMe = Arrays.asList(null, true, false);
        List<List<Integer>> lists = Arrays.asList(null, List.of(), List.of(0), List.of(1), List.of(0, 1));
        return excludeMe.stream()
                .flatMap(me -> lists.stream()
                        .flatMap(exclude -> lists.stream().map(eligible -> Arguments.of(me, exclude, eligible))));
    }

    /**
     * As in Autobahn's test suite for servers of v1 (crossbario/autobahn-testsuite, wampcase2_2_x_x.py): both peers
     * subscribe and peer 0 publishes. The receivers are (subscribers - excluded) ∩ eligible.
     */
    @ParameterizedTest
    @MethodSource("exclusions")
    void eligibleSubscribersThatAreNotExcludedReceiveTheEvent(
            Boolean excludeMe, List<Integer> exclude, List<Integer> eligible) {
        List<Integer> excluded = exclude != null ? exclude : Boolean.FALSE.equals(excludeMe) ? List.of() : List.of(0);
        List<Integer> expected = Stream.of(0, 1)
                .filter(peer -> !excluded.contains(peer) && (eligible == null || eligible.contains(peer)))
                .toList();
        assertEquals(expected, receivers(excludeMe, exclude, eligible));
    }

    static Stream<Arguments> examples() {
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
    @MethodSource("examples")
    void theExamplesOfTheSuiteHold(Boolean me, List<Integer> exclude, List<Integer> eligible, List<Integer> expected) {
        assertEquals(expected, receivers(me, exclude, eligible));
    }

    private List<Integer> receivers(Boolean excludeMe, List<Integer> exclude, List<Integer> eligible) {
        List<Peer> peers = List.of(open(), open());
        for (Peer peer : peers) {
            peer.client().sendMessage(V1_SUBSCRIBE, TOPIC);
            peer.client().sendMessage(V1_SUBSCRIBE, BARRIER);
        }
        peers.get(0)
                .client()
                .sendMessage(publish(peers, excludeMe, exclude, eligible).toArray());
        peers.get(0).client().sendMessage(V1_PUBLISH, BARRIER, 0, false);
        List<Integer> receivers = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            List<Object> first = peers.get(i).client().expect(V1_EVENT);
            if (first.get(1).equals(TOPIC)) {
                receivers.add(i);
            }
        }
        return receivers;
    }

    /** The message that the client of the suite sends. */
    private static List<Object> publish(List<Peer> peers, Boolean me, List<Integer> exclude, List<Integer> eligible) {
        List<Object> message = new ArrayList<>(List.of(V1_PUBLISH, TOPIC, "Hello, world!"));
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
        one.client().sendMessage(V1_SUBSCRIBE, TOPIC);
        two.client().sendMessage(V1_PUBLISH, TOPIC, 1, List.of("unknown!", "zz"), List.of(one.session(), "никто"));
        one.client().expect(V1_EVENT);
    }
}
