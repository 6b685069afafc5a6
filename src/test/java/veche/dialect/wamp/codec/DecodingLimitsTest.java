package veche.dialect.wamp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static veche.dialect.wamp.Messages.hex;
import static veche.dialect.wamp.codec.CodecFixture.ALL;
import static veche.dialect.wamp.codec.CodecFixture.FORMATS;
import static veche.dialect.wamp.codec.CodecFixture.assertRejected;
import static veche.dialect.wamp.codec.CodecFixture.forwarded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.message.MessageParser;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.WampMessage;

/** Malformed, deeply nested and oversized messages are rejected. */
class DecodingLimitsTest {
    private static List<Object> nested(int depth) {
        List<Object> list = new ArrayList<>();
        return depth == 1 ? list : new ArrayList<>(List.of(nested(depth - 1)));
    }

    @Test
    void nestingIsLimitedTo64Levels() {
        for (Format format : ALL) {
            assertEquals(nested(64), format.read(format.write(nested(64))).get(0));
            assertRejected(format, format.write(nested(65)));
        }
    }

    @Test
    void aMessageIsLimitedToAHundredThousandElements() {
        for (Format format : ALL) {
            List<Object> most = Collections.nCopies(99_999, List.of());
            assertEquals(most, format.read(format.write(most)).get(0));
            assertRejected(format, format.write(Collections.nCopies(100_000, List.of())));
        }
    }

    @Test
    void dictKeysCountAsElements() {
        Map<String, Object> dict = new LinkedHashMap<>();
        IntStream.range(0, 50_000).forEach(i -> dict.put("k" + i, null));
        for (Format format : ALL) {
            assertRejected(format, format.write(List.of(dict)));
        }
    }

    @Test
    void theMessagesOfABatchAreCountedTogether() {
        for (Format format : ALL.subList(3, 6)) {
            Frame half = format.write(Collections.nCopies(60_000, 1L));
            assertRejected(format, format.batch(List.of(half, half)).get(0));
        }
    }

    @Test
    void deepNestingDoesNotOverflowTheStack() {
        assertRejected(FORMATS.json(), new Frame.Text("[".repeat(1_000_000)));
        assertRejected(FORMATS.msgpack(), hex("91".repeat(1_000_000)));
        assertRejected(FORMATS.cbor(), hex("81".repeat(1_000_000)));
        assertRejected(FORMATS.cbor(), hex("81" + "c1".repeat(1_000_000)));
        assertRejected(FORMATS.cbor(), hex("d9d9f7".repeat(300_000)));
        assertRejected(FORMATS.cbor(), hex("81" + "a1".repeat(1_000_000)));
        assertRejected(FORMATS.msgpack(), hex("91" + "81".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "1",
                "null",
                "[]",
                "[1",
                "[1]]",
                "[1] [2]",
                "[1,]",
                "[NaN]",
                "[01]",
                "['a']",
                "[{1:2}]",
                "[\"a\nb\"]"
            })
    void malformedJsonIsRejected(String text) {
        assertRejected(FORMATS.json(), new Frame.Text(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "90",
                "80",
                "9101ff",
                "92",
                "91c1",
                "91d9ff41",
                "91dbffffffff41",
                "91c6ffffffff41",
                "91ddffffffff",
                "91dfffffffff"
            })
    void malformedMessagePackIsRejected(String bytes) {
        assertRejected(FORMATS.msgpack(), hex(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f6",
                "80",
                "a0",
                "8101ff",
                "82",
                "811c",
                "815affffffff41",
                "817affffffff41",
                "9affffffff",
                "9f",
                "9f01",
                "ff",
                "817b7fffffffffffffff41"
            })
    void malformedCborIsRejected(String bytes) {
        assertRejected(FORMATS.cbor(), hex(bytes));
    }

    @Test
    void damagedMessagesAreReadOrRejected() {
        Random random = new Random(20);
        String[] messages = {
            "9510cd303980a3612e6293d6ff00000001d40507820ac3a16bcb7ff8000000000000",
            "85101930f9a063612e629fc11a00000001d81841017f616161ffff",
            "851001a063612e6284f93c00fa3f800000c249010000000000000000a2015f4101ff616b3bffffffffffffffff"
        };
        for (int i = 0; i < 30_000; i++) {
            byte[] octets = HexFormat.of().parseHex(messages[i % messages.length]);
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            for (Format format : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
                assertReadOrRejected(format, new Frame.Binary(ByteBuffer.wrap(octets)));
            }
        }
    }

    private static void assertReadOrRejected(Format format, Frame frame) {
        try {
            WampMessage message = MessageParser.parse(format.read(frame).get(0));
            Frame written = format.write(message.fields());
            assertEquals(written, forwarded(format, written));
            // As text, since a dict may have a key twice, which makes it unequal to itself.
            assertEquals(
                    Text.whole(message.fields().toString()),
                    format.read(written).get(0).toString());
        } catch (DecodingException | ProtocolViolationException rejected) {
            assertNotNull(rejected.getMessage());
        }
    }
}
