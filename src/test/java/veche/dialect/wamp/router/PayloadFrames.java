package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.wamp.TestClient;

/** Raw frames with payloads that not every serialization can represent. */
final class PayloadFrames {
    /** A MessagePack extension of type 5, which no other serialization can represent. */
    static final String EXTENSION = "d40507";

    /** 1970-01-01T00:00:01Z as a MessagePack timestamp. */
    static final String TIMESTAMP = "d6ff00000001";

    static void assertEndsWith(String octets, Frame frame) {
        ByteBuffer data = ((Frame.Binary) frame).data();
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        assertTrue(
                HexFormat.of().formatHex(copy).endsWith(octets),
                () -> HexFormat.of().formatHex(copy));
    }

    static Frame last(TestClient client) {
        List<Frame> frames = client.frames();
        return frames.get(frames.size() - 1);
    }

    private PayloadFrames() {}
}
