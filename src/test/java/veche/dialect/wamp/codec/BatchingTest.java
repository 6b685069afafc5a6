package veche.dialect.wamp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static veche.dialect.wamp.Messages.hex;
import static veche.dialect.wamp.codec.CodecFixture.ALL;
import static veche.dialect.wamp.codec.CodecFixture.FORMATS;
import static veche.dialect.wamp.codec.CodecFixture.assertRejected;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;

/** The batched serializations. */
class BatchingTest {
    @Test
    void bothSeparatorsOfBatchedJsonAreReadAndTheOneOfTheClientIsUsed() {
        assertEquals(
                List.of(List.of(1L), List.of(2L)), FORMATS.jsonBatched().read(new Frame.Text("[1]\u001e[2]\u0018")));
        assertEquals(new Frame.Text("[1]\u001e"), FORMATS.jsonBatched().write(List.of(1L)));
        Frame autobahn = new Frame.Text("[1]\u0018");
        assertEquals(autobahn, FORMATS.heardIn(FORMATS.jsonBatched(), autobahn).write(List.of(1L)));
        assertSame(FORMATS.jsonBatched(), FORMATS.heardIn(FORMATS.jsonBatched(), new Frame.Text("[1]\u001e")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "\u001e", "[1]\u001e[2]", "[1]\u001e\u001e"})
    void anUnfinishedOrEmptyBatchOfJsonIsRejected(String batch) {
        assertRejected(FORMATS.jsonBatched(), new Frame.Text(batch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000029101", "00000000", "000000039101", "ffffffff9101", "0000000291010000"})
    void anUnfinishedOrEmptyBatchOfMessagePackIsRejected(String batch) {
        if (batch.equals("000000029101")) {
            assertEquals(List.of(List.of(1L)), FORMATS.msgpackBatched().read(hex(batch)));
        } else {
            assertRejected(FORMATS.msgpackBatched(), hex(batch));
        }
    }

    @Test
    void severalFramesAreCombinedIntoOneBatch() {
        for (Format format : ALL.subList(3, 6)) {
            List<Frame> batch = format.batch(List.of(format.write(List.of(1L)), format.write(List.of(2L))));
            assertEquals(1, batch.size());
            assertEquals(List.of(List.of(1L), List.of(2L)), format.read(batch.get(0)));
        }
        Frame single = FORMATS.json().write(List.of(1L));
        assertEquals(List.of(single, single), FORMATS.json().batch(List.of(single, single)));
    }
}
