package veche.dialect.wamp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.hex;
import static veche.dialect.wamp.codec.CodecFixture.ALL;
import static veche.dialect.wamp.codec.CodecFixture.FORMATS;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;

/** What each serialization writes and reads. */
class SerializationTest {
    @Test
    void everyValueIsReadAsItWasWritten() {
        List<Object> values = Arrays.asList(
                null,
                true,
                false,
                0L,
                -1L,
                1L << 53,
                (1L << 53) + 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                new BigInteger("18446744073709551615"),
                0.5,
                -1e300,
                "",
                "вече 👍",
                "\u0001\u001e\u0018\"\\",
                ByteBuffer.wrap(new byte[] {0, -1}),
                List.of(),
                Map.of("k", List.of(Map.of())),
                "x".repeat(100_000));
        for (Format format : ALL) {
            assertEquals(List.of(values), format.read(format.write(values)));
        }
    }

    @Test
    void anIntegerBeyond64BitsIsExactInJsonAndCbor() {
        BigInteger big = BigInteger.TEN.pow(30);
        assertEquals(
                List.of(big),
                FORMATS.json().read(FORMATS.json().write(List.of(big))).get(0));
        assertEquals(
                List.of(big),
                FORMATS.cbor().read(FORMATS.cbor().write(List.of(big))).get(0));
        assertEquals(
                List.of(1e30),
                FORMATS.msgpack().read(FORMATS.msgpack().write(List.of(big))).get(0));
    }

    @Test
    void notANumberIsNullInJson() {
        List<Object> nonFinite = List.of(Double.NaN, Double.POSITIVE_INFINITY);
        assertEquals(new Frame.Text("[null,null]"), FORMATS.json().write(nonFinite));
        assertEquals(
                nonFinite, FORMATS.cbor().read(FORMATS.cbor().write(nonFinite)).get(0));
        assertEquals(
                nonFinite,
                FORMATS.msgpack().read(FORMATS.msgpack().write(nonFinite)).get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "hello!", "YQ=", "Y"})
    void aJsonStringWithALeadingNulThatIsNotBase64IsAString(String text) {
        assertEquals(
                List.of("\0" + text),
                FORMATS.json().read(new Frame.Text("[\"\\u0000" + text + "\"]")).get(0));
    }

    @Test
    void anUnpairedSurrogateIsTheReplacementCharacterInUtf8() {
        List<Object> halved = List.of("\ud800x", Map.of("\udc00", "👍"));
        List<Object> whole = List.of("\ufffdx", Map.of("\ufffd", "👍"));
        for (Format format : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
            assertEquals(whole, format.read(format.write(halved)).get(0));
        }
    }

    @Test
    void aStringThatWouldDenoteBinaryInJsonBeginsWithAVisibleNul() {
        assertEquals(new Frame.Text("[\"␀YQ==\",\"␀hello\"]"), FORMATS.json().write(List.of("\0YQ==", "\0hello")));
        for (Format format : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
            assertEquals(
                    List.of("\0YQ=="),
                    format.read(format.write(List.of("\0YQ=="))).get(0));
        }
    }

    @Test
    void cborOfIndefiniteLengthIsRead() {
        assertEquals(
                List.of(1L, "ab", Map.of("k", 2L)),
                FORMATS.cbor().read(hex("9f017f61616162ffbf616b02ffff")).get(0));
    }

    @Test
    void undefinedOfJavaScriptIsNullInMessagePack() {
        assertEquals(
                Arrays.asList(1L, null),
                FORMATS.msgpack().read(hex("9201d40000")).get(0));
    }

    @Test
    void longStringsAreWrittenInOnePiece() {
        Frame.Binary frame = (Frame.Binary) FORMATS.cbor().write(List.of("я".repeat(50_000)));
        assertEquals(0x7a, frame.data().get(1) & 0xff);
    }
}
