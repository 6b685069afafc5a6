package veche.dialect.wamp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static veche.testing.MessageType.EVENT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.Frame;
import veche.dialect.wamp.Messages;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.message.MessageParser;
import veche.dialect.wamp.message.ProtocolViolationException;

/** The public byte vectors of the WAMP project. */
class VectorsTest {
    private static final Path RESOURCES = Path.of("src/test/resources/veche/dialect/wamp");

    /** In the order of the encodings in a vector. */
    private static final List<Format> FORMATS =
            List.of(TestClient.FORMATS.json(), TestClient.FORMATS.msgpack(), TestClient.FORMATS.cbor());

    static Stream<String> announced() throws IOException {
        return lines("wamp-proto-vectors.txt");
    }

    static Stream<String> unannounced() throws IOException {
        return lines("wamp-proto-vectors-unannounced.txt");
    }

    private static Stream<String> lines(String file) throws IOException {
        return Files.readAllLines(RESOURCES.resolve(file)).stream().filter(line -> !line.startsWith("#"));
    }

    private static Frame frame(String text, boolean json) {
        return json ? new Frame.Text(text) : Messages.hex(text);
    }

    /** The frames of a vector; asserts that each is read as the same list. */
    private static List<Frame> frames(String vector, List<Object> message) {
        String[] forms = vector.split(" \\| ");
        List<Frame> frames = List.of(frame(forms[0], true), frame(forms[1], false), frame(forms[2], false));
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(List.of(message), FORMATS.get(i).read(frames.get(i)));
        }
        return frames;
    }

    private static List<Object> message(String vector) {
        return TestClient.FORMATS
                .json()
                .read(frame(vector.split(" \\| ")[0], true))
                .get(0);
    }

    private static void assertWritten(List<Frame> frames, List<Object> fields) {
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(frames.get(i), FORMATS.get(i).write(fields));
        }
    }

    @ParameterizedTest
    @MethodSource("announced")
    void everySerializationReadsTheSameMessageAndWritesTheSameBytes(String vector) {
        List<Object> message = message(vector);
        assertWritten(frames(vector, message), MessageParser.parse(message).fields());
    }

    @ParameterizedTest
    @MethodSource("unannounced")
    void everySerializationReadsTheSameListAndWritesTheSameBytes(String vector) {
        List<Object> message = message(vector);
        assertWritten(frames(vector, message), message);
        assertThrows(ProtocolViolationException.class, () -> MessageParser.parse(message));
    }

    @ParameterizedTest
    @MethodSource("announced")
    void whitespaceInJsonIsIgnored(String vector) {
        String compact = vector.split(" \\| ")[0];
        String spaced =
                compact.replaceAll("(?<=[]\\d\"}]),(?=[\\[\\d\"{])", ", ").replace("\":", "\": ");
        assertEquals(
                message(vector),
                TestClient.FORMATS.json().read(frame(spaced, true)).get(0));
    }

    @Test
    void aBinaryStringInJsonIsDecoded() {
        // EVENT
        List<Object> message = message("[" + EVENT + ",1,2,{},\"\\u0000gqEB\"]");
        assertEquals("82a101", hex((ByteBuffer) message.get(4)));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
