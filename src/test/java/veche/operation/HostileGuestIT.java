package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.SUBSCRIBE;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import veche.testing.TextClient;

/**
 * Resource exhaustion by one guest against a server with a heap of 512 MiB: the live heap stays small, and other
 * clients receive every message. Each attack takes some seconds, enough to exceed every limit several times; the
 * system property {@code veche.attack.seconds} prolongs it. The live heap before, during and after each attack is
 * printed.
 */
@Tag("operation")
class HostileGuestIT {
    private static final Duration MIN_DURATION = Duration.ofSeconds(Long.getLong("veche.attack.seconds", 0));
    private static final int RECEIVER_COUNT = 50;
    private static final long ALLOWED_BYTES = 96L << 20;
    private static final String MEGABYTE = "m".repeat(1_000_000);
    private static final String KILOBYTE = "k".repeat(900);
    private static final String SIXTY = "a.".repeat(29) + ".".repeat(29) + "b";
    private static final List<Object> MAPS = Collections.nCopies(99_000, Map.of());
    private static final List<Object> MILLION_MAPS = Collections.nCopies(1_000_000, Map.of());

    private static Payara payara;
    private static final List<TextClient> RECEIVERS = new ArrayList<>();
    private static TextClient sender;
    private static int messages;

    /** @param turn sends the requests of one turn */
    private record Attack(String name, int turns, ObjIntConsumer<HostileGuest> turn) {
        /** The number of turns between two messages of other clients, of which there are ten during the attack. */
        int turnsPerMessage() {
            return Math.max(1, turns / 10);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        payara = new Payara("veche.wamp.guests=subscribe,publish,call,register");
        for (int i = 0; i < RECEIVER_COUNT; i++) {
            RECEIVERS.add(new TextClient(chat()));
        }
        sender = new TextClient(chat());
        broadcast();
    }

    @AfterAll
    static void end() throws InterruptedException {
        payara.kill();
    }

    private static URI chat() {
        return URI.create("ws://127.0.0.1:" + payara.port() + "/chat?room=square");
    }

    private static void broadcast() {
        String text = "message " + ++messages;
        sender.send(text);
        RECEIVERS.forEach(receiver -> receiver.awaitText(text));
    }

    static Stream<Arguments> attacks() {
        Map<String, Object> retain = Map.of("retain", true);
        return Stream.of(
                        new Attack(
                                "retained events of a million maps",
                                4,
                                (guest, turn) -> guest.request(PUBLISH, retain, "a.million" + turn, MILLION_MAPS)),
                        new Attack(
                                "retained events of the maximum number of maps",
                                10,
                                (guest, turn) -> guest.request(PUBLISH, retain, "a.maps" + turn, MAPS)),
                        new Attack(
                                "retained events of a megabyte",
                                30,
                                (guest, turn) -> guest.request(PUBLISH, retain, "a.text" + turn, List.of(MEGABYTE))),
                        new Attack(
                                "testaments of a megabyte",
                                20,
                                (guest, turn) -> guest.request(
                                        CALL,
                                        Map.of(),
                                        "wamp.session.add_testament",
                                        List.of("a.will", List.of(MEGABYTE), Map.of()))),
                        new Attack(
                                "topics of a kilobyte",
                                4_000,
                                (guest, turn) -> guest.request(SUBSCRIBE, Map.of(), KILOBYTE + "." + turn)),
                        new Attack(
                                "patterns of sixty components",
                                1_000,
                                (guest, turn) ->
                                        guest.request(SUBSCRIBE, Map.of("match", "wildcard"), SIXTY + "." + turn)),
                        new Attack("pending calls with a key of a megabyte", 20, HostileGuestIT::callOneself),
                        new Attack("invented rooms", 60_000, HostileGuestIT::joinAndLeave))
                .map(Arguments::of);
    }

    private static void callOneself(HostileGuest guest, int turn) {
        guest.request(REGISTER, Map.of(), "a.procedure" + turn);
        guest.request(CALL, Map.of("ppt_scheme", "x_custom", "ppt_keyid", MEGABYTE), "a.procedure" + turn);
    }

    private static void joinAndLeave(HostileGuest guest, int turn) {
        guest.request(CALL, Map.of(), "veche.join", List.of("invented-" + turn));
        guest.request(CALL, Map.of(), "veche.leave", List.of("invented-" + turn));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void theLiveHeapStaysSmallAndOthersReceiveEveryMessage(Attack attack) throws Exception {
        long before = payara.liveBytes();
        long during;
        long end = System.nanoTime() + MIN_DURATION.toNanos();
        try (HostileGuest guest = new HostileGuest(chat())) {
            for (int turn = 0; turn < attack.turns() || System.nanoTime() < end; turn++) {
                attack.turn().accept(guest, turn);
                if (turn % attack.turnsPerMessage() == 0) {
                    broadcast();
                }
            }
            broadcast();
            during = payara.liveBytes();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> payara.connections() == RECEIVER_COUNT + 1);
        broadcast();
        long after = payara.liveBytes();
        System.out.printf(
                "HostileGuestIT: %s: live heap %d MiB before, %d during, %d after%n",
                attack, before >> 20, during >> 20, after >> 20);
        assertSmallGrowth(during - before, "during");
        assertSmallGrowth(after - before, "after");
        assertTrue(RECEIVERS.stream().allMatch(TextClient::isOpen));
    }

    private static void assertSmallGrowth(long growth, String when) {
        assertTrue(growth < ALLOWED_BYTES, when + " the attack: " + (growth >> 20) + " MiB more");
    }
}
