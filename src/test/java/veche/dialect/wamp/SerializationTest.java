package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.codec.Undecodable;

class SerializationTest {
    private static final Formats FORMATS = TestClient.FORMATS;
    private static final List<Format> ALL = List.of(
            FORMATS.json(),
            FORMATS.msgpack(),
            FORMATS.cbor(),
            FORMATS.jsonBatched(),
            FORMATS.msgpackBatched(),
            FORMATS.cborBatched());

    private static Frame hex(String bytes) {
        return new Frame.Binary(ByteBuffer.wrap(HexFormat.of().parseHex(bytes)));
    }

    private static void assertRefused(Format format, Frame frame) {
        assertThrows(Undecodable.class, () -> format.read(frame));
    }

    private static List<Object> nested(int depth) {
        List<Object> list = new ArrayList<>();
        return depth == 1 ? list : new ArrayList<>(List.of(nested(depth - 1)));
    }

    @Test
    void everyValueSurvivesEverySerialization() {
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
    void anIntegerBeyond64BitsIsExactWhereTheFormatCan() {
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
        List<Object> odd = List.of(Double.NaN, Double.POSITIVE_INFINITY);
        assertEquals(new Frame.Text("[null,null]"), FORMATS.json().write(odd));
        assertEquals(odd, FORMATS.cbor().read(FORMATS.cbor().write(odd)).get(0));
        assertEquals(odd, FORMATS.msgpack().read(FORMATS.msgpack().write(odd)).get(0));
    }

    @Test
    void sixtyFourLevelsAreReadAndNoMore() {
        for (Format format : ALL) {
            assertEquals(nested(64), format.read(format.write(nested(64))).get(0));
            assertRefused(format, format.write(nested(65)));
        }
    }

    @Test
    void aHundredThousandElementsAreReadAndNoMore() {
        for (Format format : ALL) {
            List<Object> most = Collections.nCopies(99_999, List.of());
            assertEquals(most, format.read(format.write(most)).get(0));
            assertRefused(format, format.write(Collections.nCopies(100_000, List.of())));
        }
    }

    @Test
    void theKeysOfDictsAreElementsToo() {
        Map<String, Object> dict = new LinkedHashMap<>();
        IntStream.range(0, 50_000).forEach(i -> dict.put("k" + i, null));
        for (Format format : ALL) {
            assertRefused(format, format.write(List.of(dict)));
        }
    }

    @Test
    void theMessagesOfABatchAreCountedTogether() {
        for (Format format : ALL.subList(3, 6)) {
            Frame half = format.write(Collections.nCopies(60_000, 1L));
            assertRefused(format, format.gather(List.of(half, half)).get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "hello!", "YQ=", "Y"})
    void aJsonStringAfterNulThatIsNoBase64IsAString(String text) {
        assertEquals(
                List.of("\0" + text),
                FORMATS.json().read(new Frame.Text("[\"\\u0000" + text + "\"]")).get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"\\ud800x\"]",
                "[\"x\\udc00\\ud800\"]",
                "[{\"\\ud800\":\"👍\"}]",
                "[\"\\u0000é\"]",
                "[\"\\u0000not base64!\"]",
                "[\"\\u0000AAH/\"]"
            })
    void anyJsonStringIsForwardedUnchangedInJson(String text) {
        Frame frame = new Frame.Text(text);
        assertEquals(frame, FORMATS.json().write(FORMATS.json().read(frame).get(0)));
    }

    @Test
    void halfASurrogatePairIsTheReplacementCharacterInUtf8() {
        List<Object> halved = List.of("\ud800x", Map.of("\udc00", "👍"));
        List<Object> whole = List.of("\ufffdx", Map.of("\ufffd", "👍"));
        for (Format format : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
            assertEquals(whole, format.read(format.write(halved)).get(0));
        }
    }

    @Test
    void aStringThatWouldReadAsBinaryInJsonBeginsWithAVisibleNul() {
        assertEquals(new Frame.Text("[\"␀YQ==\",\"␀\"]"), FORMATS.json().write(List.of("\0YQ==", "\0")));
        for (Format format : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
            assertEquals(
                    List.of("\0YQ=="),
                    format.read(format.write(List.of("\0YQ=="))).get(0));
        }
    }

    @Test
    void deepNestingCostsNoStack() {
        assertRefused(FORMATS.json(), new Frame.Text("[".repeat(1_000_000)));
        assertRefused(FORMATS.msgpack(), hex("91".repeat(1_000_000)));
        assertRefused(FORMATS.cbor(), hex("81".repeat(1_000_000)));
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
                "[1e999]",
                "['a']",
                "[{1:2}]",
                "[\"a\nb\"]"
            })
    void whatIsNotAMessageInJsonIsRefused(String text) {
        assertRefused(FORMATS.json(), new Frame.Text(text));
    }

    @Test
    void anIntegerOfTooManyDigitsIsRefused() {
        assertRefused(FORMATS.json(), new Frame.Text("[" + "9".repeat(1_000_000) + "]"));
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
                "91a2c328",
                "91d9ff41",
                "91dbffffffff41",
                "91c6ffffffff41",
                "91ddffffffff",
                "91dfffffffff",
                "91810101",
                "91d40100",
                "91a3eda080"
            })
    void whatIsNotAMessageInMessagePackIsRefused(String bytes) {
        assertRefused(FORMATS.msgpack(), hex(bytes));
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
                "8162c328",
                "815affffffff41",
                "817affffffff41",
                "9affffffff",
                "9f",
                "9f01",
                "ff",
                "817b7fffffffffffffff41"
            })
    void whatIsNotAMessageInCborIsRefused(String bytes) {
        assertRefused(FORMATS.cbor(), hex(bytes));
    }

    @Test
    void cborOfIndefiniteLengthIsRead() {
        assertEquals(
                List.of(1L, "ab", Map.of("k", 2L)),
                FORMATS.cbor().read(hex("9f017f61616162ffbf616b02ffff")).get(0));
    }

    @Test
    void javaScriptsUndefinedIsNullInMessagePack() {
        assertEquals(
                Arrays.asList(1L, null),
                FORMATS.msgpack().read(hex("9201d40000")).get(0));
    }

    @Test
    void longStringsAreWrittenInOnePiece() {
        Frame.Binary frame = (Frame.Binary) FORMATS.cbor().write(List.of("я".repeat(50_000)));
        assertEquals(0x7a, frame.data().get(1) & 0xff);
    }

    @Test
    void bothSeparatorsOfBatchedJsonAreHeardAndTheClientsIsUsed() {
        assertEquals(
                List.of(List.of(1L), List.of(2L)), FORMATS.jsonBatched().read(new Frame.Text("[1]\u001e[2]\u0018")));
        assertEquals(new Frame.Text("[1]\u001e"), FORMATS.jsonBatched().write(List.of(1L)));
        Frame autobahn = new Frame.Text("[1]\u0018");
        assertEquals(autobahn, FORMATS.heardIn(FORMATS.jsonBatched(), autobahn).write(List.of(1L)));
        assertSame(FORMATS.jsonBatched(), FORMATS.heardIn(FORMATS.jsonBatched(), new Frame.Text("[1]\u001e")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "\u001e", "[1]\u001e[2]", "[1]\u001e\u001e"})
    void anUnfinishedOrEmptyBatchOfJsonIsRefused(String batch) {
        assertRefused(FORMATS.jsonBatched(), new Frame.Text(batch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000029101", "00000000", "000000039101", "ffffffff9101", "0000000291010000"})
    void anUnfinishedOrEmptyBatchOfMessagePackIsRefused(String batch) {
        if (batch.equals("000000029101")) {
            assertEquals(List.of(List.of(1L)), FORMATS.msgpackBatched().read(hex(batch)));
        } else {
            assertRefused(FORMATS.msgpackBatched(), hex(batch));
        }
    }

    @Test
    void aRunOfFramesIsOneBatch() {
        for (Format format : ALL.subList(3, 6)) {
            List<Frame> run = format.gather(List.of(format.write(List.of(1L)), format.write(List.of(2L))));
            assertEquals(1, run.size());
            assertEquals(List.of(List.of(1L), List.of(2L)), format.read(run.get(0)));
        }
        Frame single = FORMATS.json().write(List.of(1L));
        assertEquals(List.of(single, single), FORMATS.json().gather(List.of(single, single)));
    }
}
