package veche.dialect.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.Position;

class OffsetsTest {
    @Test
    void anOffsetIsReadAsThePositionThatWasWritten() {
        for (long number : List.of(0L, 1L, 9_999_999_999_999_999L)) {
            Position position = new Position("l1p95ym2nt0i", number);
            assertEquals(Optional.of(position), Offsets.parse(Offsets.format(position)));
        }
    }

    @Test
    void theOrderOfOffsetsAsStringsIsThatOfPositions() {
        List<String> offsets = Stream.of(0L, 1L, 9L, 10L, 99L, 100L, 12_345L)
                .map(number -> Offsets.format(new Position("epoch", number)))
                .toList();
        assertEquals(offsets.stream().sorted().toList(), offsets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "epoch", "epoch_1", "_0000000000000001", "a,b", "epoch_000000000000000x"})
    void anotherTextIsNoOffset(String text) {
        assertTrue(Offsets.parse(text).isEmpty());
    }
}
