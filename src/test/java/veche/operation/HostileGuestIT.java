package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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

/**
 * One guest does its worst against a server with a heap of 512 MiB: it stays small, and others miss nothing. Each attack takes
 * some seconds, enough to exceed every limit several times; the system property {@code veche.attack.seconds} makes it longer.
 * The living heap before, during and after each attack is printed.
 */
@Tag("operation")
class HostileGuestIT {
    private static final Duration LEAST = Duration.ofSeconds(Long.getLong("veche.attack.seconds", 0));
    private static final int WITNESSES = 50;
    private static final long ALLOWED_BYTES = 96L << 20;
    private static final String MEGABYTE = "m".repeat(1_000_000);
    private static final String KILOBYTE = "k".repeat(900);
    private static final String SIXTY = "a.".repeat(29) + ".".repeat(29) + "b";
    private static final List<Object> MAPS = Collections.nCopies(99_000, Map.of());
    private static final List<Object> MILLION_MAPS = Collections.nCopies(1_000_000, Map.of());

    private static Payara payara;
    private static final List<Visitor> WITNESS = new ArrayList<>();
    private static Visitor speaker;
    private static int messages;

    /** @param turn what the guest sends at a turn */
    private record Attack(String name, int turns, ObjIntConsumer<HostileGuest> turn) {
        /** Others speak ten times during the attack. */
        int pace() {
            return Math.max(1, turns / 10);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        payara = new Payara();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < WITNESSES; i++) {
            WITNESS.add(new Visitor(client, chat()));
        }
        speaker = new Visitor(client, chat());
        speak();
    }

    @AfterAll
    static void end() throws InterruptedException {
        payara.kill();
    }

    private static URI chat() {
        return URI.create("ws://127.0.0.1:" + payara.port() + "/chat?room=square");
    }

    private static void speak() {
        String text = "message " + ++messages;
        speaker.say(text);
        WITNESS.forEach(witness -> witness.awaitHearing(text));
    }

    static Stream<Arguments> attacks() {
        Map<String, Object> retain = Map.of("retain", true);
        return Stream.of(
                        new Attack(
                                "retained events of a million maps",
                                4,
                                (guest, turn) -> guest.request(16, retain, "a.million" + turn, MILLION_MAPS)),
                        new Attack(
                                "retained events of as many maps as may be",
                                10,
                                (guest, turn) -> guest.request(16, retain, "a.maps" + turn, MAPS)),
                        new Attack(
                                "retained events of a megabyte",
                                30,
                                (guest, turn) -> guest.request(16, retain, "a.text" + turn, List.of(MEGABYTE))),
                        new Attack(
                                "testaments of a megabyte",
                                20,
                                (guest, turn) -> guest.request(
                                        48,
                                        Map.of(),
                                        "wamp.session.add_testament",
                                        List.of("a.will", List.of(MEGABYTE), Map.of()))),
                        new Attack(
                                "topics of a kilobyte",
                                4_000,
                                (guest, turn) -> guest.request(32, Map.of(), KILOBYTE + "." + turn)),
                        new Attack(
                                "patterns of sixty components",
                                1_000,
                                (guest, turn) -> guest.request(32, Map.of("match", "wildcard"), SIXTY + "." + turn)),
                        new Attack("pending calls with a key of a megabyte", 20, HostileGuestIT::callOneself),
                        new Attack("invented rooms", 60_000, HostileGuestIT::lookIn))
                .map(Arguments::of);
    }

    private static void callOneself(HostileGuest guest, int turn) {
        guest.request(64, Map.of(), "a.procedure" + turn);
        guest.request(48, Map.of("ppt_scheme", "x_custom", "ppt_keyid", MEGABYTE), "a.procedure" + turn);
    }

    private static void lookIn(HostileGuest guest, int turn) {
        guest.request(48, Map.of(), "veche.join", List.of("invented-" + turn));
        guest.request(48, Map.of(), "veche.leave", List.of("invented-" + turn));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void theHeapStaysSmallAndOthersMissNothing(Attack attack) throws Exception {
        long before = payara.livingBytes();
        long during;
        long end = System.nanoTime() + LEAST.toNanos();
        try (HostileGuest guest = new HostileGuest(chat())) {
            for (int turn = 0; turn < attack.turns() || System.nanoTime() < end; turn++) {
                attack.turn().accept(guest, turn);
                if (turn % attack.pace() == 0) {
                    speak();
                }
            }
            speak();
            during = payara.livingBytes();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> payara.connections() == WITNESSES + 1);
        speak();
        long after = payara.livingBytes();
        System.out.printf(
                "HostileGuestIT: %s: living heap %d MiB before, %d during, %d after%n",
                attack, before >> 20, during >> 20, after >> 20);
        assertSmall(during - before, "during");
        assertSmall(after - before, "after");
        for (Visitor witness : WITNESS) {
            assertEquals(0, witness.closeCode());
        }
    }

    private static void assertSmall(long growth, String when) {
        assertTrue(growth < ALLOWED_BYTES, when + " the attack: " + (growth >> 20) + " MiB more");
    }
}
