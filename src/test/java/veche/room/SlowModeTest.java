package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowModeTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final SlowMode mode = new SlowMode();

    private Optional<Duration> send(String author, String key, long second) {
        return mode.register(HALL, author, key, INTERVAL, NOON.plusSeconds(second));
    }

    @Test
    void anAuthorSendsOneMessagePerInterval() {
        assertEquals(Optional.empty(), send("ann", null, 0));
        assertEquals(Optional.of(INTERVAL), send("ann", null, 0));
        assertEquals(Optional.of(Duration.ofSeconds(1)), send("ann", null, 29));
        assertEquals(Optional.empty(), send("ann", null, 30));
        assertEquals(Optional.of(Duration.ofSeconds(29)), send("ann", null, 31));
    }

    @Test
    void authorsAndRoomsDoNotAffectEachOther() {
        assertEquals(Optional.empty(), send("ann", null, 0));
        assertEquals(Optional.empty(), send("bob", null, 1));
        assertEquals(
                Optional.empty(), mode.register(new RoomName("lobby"), "ann", null, INTERVAL, NOON.plusSeconds(1)));
    }

    @Test
    void aRepeatedKeyIsAdmitted() {
        assertEquals(Optional.empty(), send("ann", "k", 0));
        assertEquals(Optional.empty(), send("ann", "k", 5));
        assertEquals(Optional.of(Duration.ofSeconds(25)), send("ann", "l", 5));
    }

    @Test
    void aMessageThatWasNotSentDoesNotCount() {
        assertEquals(Optional.empty(), send("ann", null, 0));
        mode.withdraw(HALL, "ann", NOON);
        assertEquals(Optional.empty(), send("ann", null, 1));
        mode.withdraw(HALL, "ann", NOON);
        assertEquals(Optional.of(Duration.ofSeconds(29)), send("ann", null, 2));
    }

    @Test
    void pruningKeepsWhatStillHasAnEffect() {
        send("ann", null, 0);
        mode.prune(NOON.plusSeconds(29));
        assertEquals(Optional.of(Duration.ofSeconds(1)), send("ann", null, 29));
        mode.prune(NOON.plusSeconds(30));
        assertEquals(Optional.empty(), mode.register(HALL, "ann", null, Duration.ofHours(1), NOON.plusSeconds(31)));
    }
}
