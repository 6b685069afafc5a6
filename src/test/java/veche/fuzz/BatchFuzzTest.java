package veche.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;

/** The batched subprotocols; the first octet of the input selects one. */
class BatchFuzzTest {
    private static final List<Format> FORMATS = List.of(
            WampFrames.FORMATS.jsonBatched(), WampFrames.FORMATS.msgpackBatched(), WampFrames.FORMATS.cborBatched());

    static Stream<byte[]> seeds() {
        return IntStream.range(0, FORMATS.size())
                .boxed()
                .flatMap(format -> Seeds.wamp(FORMATS.get(format)).map(frame -> selecting(format, frame)));
    }

    /** Two equal messages. */
    private static byte[] selecting(int format, byte[] message) {
        byte[] input = new byte[1 + 2 * message.length];
        input[0] = (byte) format;
        System.arraycopy(message, 0, input, 1, message.length);
        System.arraycopy(message, 0, input, 1 + message.length, message.length);
        return input;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aBatchIsDecodedOrRejected(byte[] input) {
        if (input.length > 0) {
            int format = Math.floorMod(input[0], FORMATS.size());
            byte[] batch = Arrays.copyOfRange(input, 1, input.length);
            Frame frame = format == 0 ? WampFrames.text(batch) : WampFrames.binary(batch);
            WampFrames.check(FORMATS.get(format), frame);
        }
    }
}
