package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.WampMessage;

/** The public byte vectors of the WAMP project. */
class VectorsTest {
    private static final Path VECTORS = Path.of("src/test/resources/veche/dialect/wamp/wamp-proto-vectors.txt");

    static Stream<String> vectors() throws IOException {
        return Files.readAllLines(VECTORS).stream().filter(line -> !line.startsWith("#"));
    }

    private static Frame frame(String text, boolean json) {
        return json
                ? new Frame.Text(text)
                : new Frame.Binary(ByteBuffer.wrap(HexFormat.of().parseHex(text)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everySerializationReadsTheSameMessageAndWritesTheSameBytes(String vector) {
        String[] forms = vector.split(" \\| ");
        List<Format> formats =
                List.of(TestClient.FORMATS.json(), TestClient.FORMATS.msgpack(), TestClient.FORMATS.cbor());
        List<Object> message = formats.get(0).read(frame(forms[0], true)).get(0);
        for (int i = 0; i < formats.size(); i++) {
            Frame vectorFrame = frame(forms[i], i == 0);
            assertEquals(message, formats.get(i).read(vectorFrame).get(0));
            assertEquals(
                    vectorFrame, formats.get(i).write(WampMessage.of(message).fields()));
        }
    }

    @Test
    void aBinaryPayloadIsTheSameInEverySerialization() {
        String json = "[36,5647382910,998877665544,{\"enc_algo\":\"cryptobox\",\"enc_serializer\":\"msgpack\"},"
                + "\"\\u0000g6Vjb2xvcqRibHVlpHNpemWlbGFyZ2WlY291bnQe\"]";
        String msgpack = "9524cf00000001509c397ecf000000e891bf990882a8656e635f616c676fa963727970746f626f78ae656e635f"
                + "73657269616c697a6572a76d73677061636bc41e83a5636f6c6f72a4626c7565a473697a65a56c61726765a5636f756e741e";
        String cbor = "8518241b00000001509c397e1b000000e891bf9908a268656e635f616c676f6963727970746f626f786e656e635f"
                + "73657269616c697a6572676d73677061636b581e83a5636f6c6f72a4626c7565a473697a65a56c61726765a5636f756e741e";
        List<Object> message = TestClient.FORMATS.json().read(frame(json, true)).get(0);
        assertEquals("83a5636f6c6f72a4626c7565a473697a65a56c61726765a5636f756e741e", hex((ByteBuffer) message.get(4)));
        assertEquals(
                message,
                TestClient.FORMATS.msgpack().read(frame(msgpack, false)).get(0));
        assertEquals(message, TestClient.FORMATS.cbor().read(frame(cbor, false)).get(0));
        assertEquals(frame(json, true), TestClient.FORMATS.json().write(message));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
