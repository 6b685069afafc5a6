package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.log.LogLimits.Retention;
import veche.log.LogLimits.Retention.RoomAge;
import veche.room.RoomName;

class RoomSelectionTest {
    @ParameterizedTest
    @CsvSource({
        "class-*, class-1, true",
        "class-*, class-, true",
        "class-*, my-class-1, false",
        "*, lobby, true",
        "a_b, a_b, true",
        "a_b, a-b, false",
        "*-*-x, a-b-x, true",
        "*-*-x, a-x, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String room, boolean matches) {
        assertEquals(matches, new RoomSelection(pattern, List.of()).contains(new RoomName(room)));
    }

    @Test
    void theFirstPatternThatMatchesDeterminesTheAge() {
        Retention retention = new Retention(
                Duration.ofMillis(1),
                0,
                Duration.ZERO,
                Duration.ofMinutes(1),
                List.of(new RoomAge("class-1", Duration.ofMillis(20)), new RoomAge("class-*", Duration.ZERO)));
        assertEquals(80, retention.cutoff(new RoomName("class-1"), 100));
        assertEquals(Long.MIN_VALUE, retention.cutoff(new RoomName("class-2"), 100));
        assertEquals(99, retention.cutoff(new RoomName("lobby"), 100));
        assertEquals(
                List.of(80L, Long.MIN_VALUE, 99L),
                List.copyOf(retention.cutoffs(100).values()));
    }
}
