package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.REGISTER;
import static veche.testing.MessageType.SUBSCRIBE;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Resource exhaustion by one guest against a server with a heap of 512 MiB: the live heap stays small, and other
 * clients receive every message. Some attacks come from loopback, which is exempt from the rate limits, so that the
 * limits behind those are tested too. Each attack takes some seconds, enough to exceed every limit several times; the
 * system property {@code veche.attack.seconds} prolongs it; {@code veche.attack.kinds}, a regular expression, selects
 * attacks by their names. The live heap before, during and after each attack, and the latencies of the other clients
 * before and during it are printed.
 */
@Tag("operation")
class HostileGuestIT {
    private static final Duration MIN_DURATION = Duration.ofSeconds(Long.getLong("veche.attack.seconds", 0));
    private static final String KINDS = System.getProperty("veche.attack.kinds", ".*");
    private static final int CALM_MESSAGES = 40;
    private static final String STRANGER = "203.0.113.66";
    private static final String LOOPBACK = "";
    private static final long ALLOWED_BYTES = 96L << 20;
    /** The container's threads retain some buffers, and the rooms their recent messages. */
    private static final long ALLOWED_BYTES_AFTERWARDS = 48L << 20;

    private static final long NOISE_BYTES = 8L << 20;
    /** Longer than the close timeout. */
    private static final Duration RELEASE_TIME = Duration.ofSeconds(12);

    private static final String MEGABYTE = "m".repeat(1_000_000);
    private static final String KILOBYTE = "k".repeat(900);
    private static final String SIXTY = "a.".repeat(29) + ".".repeat(29) + "b";
    private static final List<Object> MAPS = Collections.nCopies(99_000, Map.of());
    private static final List<Object> MILLION_MAPS = Collections.nCopies(1_000_000, Map.of());

    private static Payara payara;
    private static MeasuredRoom room;

    /**
     * An attack.
     *
     * @param address the guest's address
     * @param turns the minimum number of turns
     * @param turn sends the requests of one turn
     */
    private record Attack(String name, String address, int turns, ObjIntConsumer<HostileGuest> turn) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        payara = new Payara(
                "veche.log=sqlite",
                "veche.data=" + data,
                "veche.wamp.guests=subscribe,publish,call,register",
                "veche.trusted-proxies=127.0.0.1");
        room = new MeasuredRoom(chat());
    }

    @AfterAll
    static void end() throws InterruptedException {
        room.close();
        payara.kill();
    }

    private static URI chat() {
        return URI.create("ws://127.0.0.1:" + payara.port() + "/chat?room=square");
    }

    static Stream<Arguments> attacks() {
        Map<String, Object> retain = Map.of("retain", true);
        return Stream.of(
                        new Attack(
                                "retained events of a million maps",
                                LOOPBACK,
                                4,
                                (guest, turn) -> guest.request(PUBLISH, retain, "a.million" + turn, MILLION_MAPS)),
                        new Attack(
                                "retained events of the maximum number of maps",
                                LOOPBACK,
                                10,
                                (guest, turn) -> guest.request(PUBLISH, retain, "a.maps" + turn, MAPS)),
                        new Attack(
                                "retained events of a megabyte",
                                LOOPBACK,
                                30,
                                (guest, turn) -> guest.request(PUBLISH, retain, "a.text" + turn, List.of(MEGABYTE))),
                        new Attack(
                                "testaments of a megabyte",
                                LOOPBACK,
                                20,
                                (guest, turn) -> guest.request(
                                        CALL,
                                        Map.of(),
                                        "wamp.session.add_testament",
                                        List.of("a.will", List.of(MEGABYTE), Map.of()))),
                        new Attack(
                                "topics of a kilobyte",
                                LOOPBACK,
                                4_000,
                                (guest, turn) -> guest.request(SUBSCRIBE, Map.of(), KILOBYTE + "." + turn)),
                        new Attack(
                                "patterns of sixty components",
                                LOOPBACK,
                                1_000,
                                (guest, turn) ->
                                        guest.request(SUBSCRIBE, Map.of("match", "wildcard"), SIXTY + "." + turn)),
                        new Attack("pending calls with a key of a megabyte", LOOPBACK, 20, HostileGuestIT::callOneself),
                        new Attack("invented rooms", LOOPBACK, 60_000, HostileGuestIT::joinAndLeave),
                        new Attack("joins", STRANGER, 5_000, HostileGuestIT::joinAndLeave),
                        new Attack(
                                "messages to the room of the others",
                                STRANGER,
                                5_000,
                                (guest, turn) -> guest.request(
                                        CALL, Map.of(), "veche.send", List.of("square", "flood " + turn))),
                        new Attack(
                                "uploads of a megabyte",
                                STRANGER,
                                100,
                                (guest, turn) -> guest.request(
                                        PUBLISH,
                                        Map.of(),
                                        "veche.room.files",
                                        List.of(ByteBuffer.wrap(new byte[1_000_000])))),
                        new Attack("handshakes", STRANGER, 500, (guest, turn) -> guest.connect()))
                .filter(attack -> attack.name().matches(KINDS))
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
        MeasuredRoom.Latencies calm = calm();
        MeasuredRoom.Latencies disturbed;
        long end = System.nanoTime() + MIN_DURATION.toNanos();
        try (HostileGuest guest = new HostileGuest(chat(), attack.address())) {
            for (int turn = 0; turn < attack.turns() || System.nanoTime() < end; turn++) {
                attack.turn().accept(guest, turn);
            }
            room.awaitMessages(1);
            disturbed = room.latencies();
            during = payara.liveBytes();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> payara.connections() == MeasuredRoom.connections());
        room.awaitMessages(1);
        long after = levelAfter(before);
        System.out.printf(
                "HostileGuestIT: %s: live heap %d MiB before, %d during, %d after;"
                        + " latency p50 %.1f ms before, %.1f during, p99 %.1f ms before, %.1f during%n",
                attack,
                before >> 20,
                during >> 20,
                after >> 20,
                calm.median(),
                disturbed.median(),
                calm.p99(),
                disturbed.p99());
        assertGrowth(during - before, ALLOWED_BYTES, "during");
        assertGrowth(after - before, ALLOWED_BYTES_AFTERWARDS, "after");
    }

    /** The live heap after what the attack has left behind is released, or after the patience for it. */
    private static long levelAfter(long before) throws IOException {
        long end = System.nanoTime() + RELEASE_TIME.toNanos();
        long level = payara.liveBytes();
        while (level > before + NOISE_BYTES && System.nanoTime() < end) {
            level = payara.liveBytes();
        }
        return level;
    }

    /** The latencies without an attack; afterwards those of the attack are measured. */
    private static MeasuredRoom.Latencies calm() {
        room.awaitMessages(1);
        room.restart();
        room.awaitMessages(CALM_MESSAGES);
        MeasuredRoom.Latencies calm = room.latencies();
        room.restart();
        return calm;
    }

    private static void assertGrowth(long growth, long allowed, String when) {
        assertTrue(growth < allowed, when + " the attack: " + (growth >> 20) + " MiB more");
    }
}
