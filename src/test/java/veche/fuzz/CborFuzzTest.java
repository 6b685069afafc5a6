package veche.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.wamp.codec.Format;

/** The subprotocol {@code wamp.2.cbor}. */
class CborFuzzTest {
    private static final Format FORMAT = WampFrames.FORMATS.cbor();

    static Stream<byte[]> seeds() {
        return Seeds.wamp(FORMAT);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aFrameIsDecodedOrRejected(byte[] input) {
        WampFrames.check(FORMAT, WampFrames.binary(input));
    }
}
