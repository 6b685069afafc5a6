package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.DecodingException;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.codec.Text;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.MessageParser;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.WampMessage;

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
        assertThrows(DecodingException.class, () -> format.read(frame));
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
            assertRefused(format, format.batch(List.of(half, half)).get(0));
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
                "[],{\"\\ud800\":\"👍\"}",
                "[\"\\u0000é\"]",
                "[\"\\u0000not base64!\"]",
                "[\"\\u0000AAH/\"]"
            })
    void anyJsonStringIsForwardedUnchangedInJson(String text) {
        assertEquals(new Frame.Text("[16,1,{},\"a.b\"," + text + "]"), forwarded("[16,1,{},\"a.b\"," + text + "]"));
    }

    private static Frame forwarded(String text) {
        return forwarded(FORMATS.json(), new Frame.Text(text));
    }

    private static Frame forwarded(Format format, Frame frame) {
        return forwarded(format, frame, format);
    }

    private static Frame forwarded(Format from, Frame frame, Format to) {
        return to.write(MessageParser.parse(from.read(frame).get(0)).fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1e400,-0.0,1.10,1E2,0.1000000000000000055511151231257827]",
                "[\"\\/\\u00e9\", {\"]\" : \"[,\\\"\\\\\"} ],{\"a\": [ 1 , 2 ]}",
                "[],{\"a\":1,\"a\":2}",
                "[1.50],{}"
            })
    void whatJsonCanWriteInManyWaysIsForwardedAsItCame(String payload) {
        assertEquals(
                new Frame.Text("[16,1,{\"a\":[1]},\"a.b\"," + payload + "]"),
                forwarded("[16,1,{ \"a\": [1]}, \"a.b\",  " + payload + " ]"));
    }

    /** PUBLISH with one argument. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8101c3", // a key that is an integer
                "d6ff00000001", // a timestamp
                "d40507", // an extension
                "ca3f800000", // a float of 32 bits
                "cd0001", // an integer in more octets than it needs
                "cb7ff8000000000000"
            })
    void everyMessagePackValueIsForwardedAsItCame(String value) {
        String message = "95100180a3612e6291" + value;
        assertEquals(hex(message), forwarded(FORMATS.msgpack(), hex(message)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a101f5", // a key that is an integer
                "c11a00000001", // seconds
                "d8184101", // encoded CBOR
                "f93c00", // a float of 16 bits
                "1801", // an integer in more octets than it needs
                "f97e00",
                "f7", // undefined
                "e0", // an unassigned simple value
                "9f01ff",
                "c24101"
            })
    void everyCborValueIsForwardedAsItCame(String value) {
        String message = "851001a063612e6281" + value;
        assertEquals(hex(message), forwarded(FORMATS.cbor(), hex(message)));
    }

    @Test
    void aMessageOfIndefiniteLengthIsForwardedWithoutItsEnd() {
        assertEquals(hex("851001a063612e628101"), forwarded(FORMATS.cbor(), hex("9f1001a063612e628101ff")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8101c3           | {\"1\":true}",
                "81c3c0           | {\"true\":null}",
                "d6ff00000001     | \"1970-01-01T00:00:01Z\"",
                "cb7ff8000000000000 | null",
                "d40000           | null"
            })
    void messagePackIsMappedToJson(String value, String json) {
        assertEquals(
                new Frame.Text("[16,1,{},\"a.b\",[" + json + "]]"),
                forwarded(FORMATS.msgpack(), hex("95100180a3612e6291" + value), FORMATS.json()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a101f5           | {\"1\":true}",
                "c11a00000001     | 1",
                "c0623131         | \"11\"",
                "d8184101         | \"\\u0000AQ==\"",
                "f93c00           | 1.0",
                "f7               | null",
                "c249010000000000000000 | 18446744073709551616"
            })
    void cborIsMappedToJson(String value, String json) {
        assertEquals(
                new Frame.Text("[16,1,{},\"a.b\",[" + json + "]]"),
                forwarded(FORMATS.cbor(), hex("851001a063612e6281" + value), FORMATS.json()));
    }

    @ParameterizedTest
    @CsvSource({"8101c3,a101f5", "d6ff00000001,c074313937302d30312d30315430303a30303a30315a"})
    void messagePackIsMappedToCbor(String value, String mapped) {
        assertEquals(
                hex("851001a063612e6281" + mapped),
                forwarded(FORMATS.msgpack(), hex("95100180a3612e6291" + value), FORMATS.cbor()));
    }

    @ParameterizedTest
    @CsvSource({
        "a101f5,8101c3",
        "c11a00000001,d6ff00000001",
        "c074313937302d30312d30315430303a30303a30315a,d6ff00000001",
        "d8184101,c40101",
        "c249010000000000000000,cb43f0000000000000"
    })
    void cborIsMappedToMessagePack(String value, String mapped) {
        assertEquals(
                hex("95100180a3612e6291" + mapped),
                forwarded(FORMATS.cbor(), hex("851001a063612e6281" + value), FORMATS.msgpack()));
    }

    @Test
    void aNumberBeyondDoublePrecisionIsInfiniteWhereThereIsNoOther() {
        Frame frame = new Frame.Text("[16,1,{},\"a.b\",[1e400]]");
        assertEquals(hex("95100180a3612e6291cb7ff0000000000000"), forwarded(FORMATS.json(), frame, FORMATS.msgpack()));
        assertEquals(hex("851001a063612e6281fb7ff0000000000000"), forwarded(FORMATS.json(), frame, FORMATS.cbor()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d40507", "8180c3", "8201c3a131c3", "c70cff000000007fffffffffffffff"})
    void whatJsonCannotRepresentIsUnmappable(String value) {
        Frame frame = hex("95100180a3612e6291" + value);
        assertThrows(UnmappableException.class, () -> forwarded(FORMATS.msgpack(), frame, FORMATS.json()));
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
    void aStringThatWouldAnnounceBinaryInJsonBeginsWithAVisibleNul() {
        assertEquals(new Frame.Text("[\"␀YQ==\",\"␀hello\"]"), FORMATS.json().write(List.of("\0YQ==", "\0hello")));
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
        assertRefused(FORMATS.cbor(), hex("81" + "c1".repeat(1_000_000)));
        assertRefused(FORMATS.cbor(), hex("d9d9f7".repeat(300_000)));
        assertRefused(FORMATS.cbor(), hex("81" + "a1".repeat(1_000_000)));
        assertRefused(FORMATS.msgpack(), hex("91" + "81".repeat(1_000_000)));
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
    void whatIsNotAMessageInJsonIsRefused(String text) {
        assertRefused(FORMATS.json(), new Frame.Text(text));
    }

    @Test
    void anIntegerOfVeryManyDigitsIsForwardedAndInfiniteElsewhere() {
        String text = "[16,1,{},\"a.b\",[-" + "9".repeat(1_000_000) + "]]";
        assertEquals(new Frame.Text(text), forwarded(text));
        assertEquals(
                hex("95100180a3612e6291cbfff0000000000000"),
                forwarded(FORMATS.json(), new Frame.Text(text), FORMATS.msgpack()));
        String message = "851001a063612e6281c35a00100000" + "ff".repeat(1 << 20);
        assertEquals(hex(message), forwarded(FORMATS.cbor(), hex(message)));
        assertEquals(
                hex("95100180a3612e6291cbfff0000000000000"),
                forwarded(FORMATS.cbor(), hex(message), FORMATS.msgpack()));
    }

    /** PUBLISH with a string; three octets are half a surrogate pair, six a pair of which each half was encoded alone. */
    @ParameterizedTest
    @CsvSource({
        "eda08078,     \\ud800x, efbfbd78",
        "78edb080,     x\\udc00, 78efbfbd",
        "eda0bdedb18d, 👍,        f09f918d",
        "c328,         �(,        efbfbd28",
        "61ff,         a�,        61efbfbd",
        "eda0,         �,         efbfbd"
    })
    void aStringThatIsNotUtf8IsMappedForAll(String octets, String json, String utf8) {
        for (Format from : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
            Frame frame = string(from, octets);
            assertEquals(
                    new Frame.Text("[16,1,{},\"a.b\",[\"" + json + "\"]]"), forwarded(from, frame, FORMATS.json()));
            assertEquals(string(FORMATS.msgpack(), utf8), forwarded(from, frame, FORMATS.msgpack()));
            assertEquals(string(FORMATS.cbor(), utf8), forwarded(from, frame, FORMATS.cbor()));
        }
    }

    private static Frame string(Format format, String octets) {
        boolean packed = format == FORMATS.msgpack();
        String beginning = packed ? "95100180a3612e6291" : "851001a063612e6281";
        return hex(beginning + "%02x".formatted((packed ? 0xa0 : 0x60) + octets.length() / 2) + octets);
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
    void damagedMessagesAreReadOrRefused() {
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
                assertReadOrRefused(format, new Frame.Binary(ByteBuffer.wrap(octets)));
            }
        }
    }

    private static void assertReadOrRefused(Format format, Frame frame) {
        try {
            WampMessage message = MessageParser.parse(format.read(frame).get(0));
            Frame written = format.write(message.fields());
            assertEquals(written, forwarded(format, written));
            // As text, since a dict may have a key twice, which makes it unequal to itself.
            assertEquals(
                    Text.whole(message.fields().toString()),
                    format.read(written).get(0).toString());
        } catch (DecodingException | ProtocolViolationException refused) {
            assertNotNull(refused.getMessage());
        }
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
            List<Frame> run = format.batch(List.of(format.write(List.of(1L)), format.write(List.of(2L))));
            assertEquals(1, run.size());
            assertEquals(List.of(List.of(1L), List.of(2L)), format.read(run.get(0)));
        }
        Frame single = FORMATS.json().write(List.of(1L));
        assertEquals(List.of(single, single), FORMATS.json().batch(List.of(single, single)));
    }
}
