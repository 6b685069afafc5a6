package veche.dialect.wamp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static veche.dialect.wamp.Messages.hex;
import static veche.dialect.wamp.Messages.json;
import static veche.dialect.wamp.codec.CodecFixture.CBOR_PUBLISH;
import static veche.dialect.wamp.codec.CodecFixture.FORMATS;
import static veche.dialect.wamp.codec.CodecFixture.MSGPACK_PUBLISH;
import static veche.dialect.wamp.codec.CodecFixture.forwarded;
import static veche.dialect.wamp.codec.CodecFixture.publish;
import static veche.testing.MessageType.PUBLISH;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Frame;

/** Payloads are forwarded unchanged within a serialization and mapped between different ones. */
class ForwardingTest {
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
        assertEquals(publish(text), forwarded(FORMATS.json(), publish(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1e400,-0.0,1.10,1E2,0.1000000000000000055511151231257827]",
                "[\"\\/\\u00e9\", {\"]\" : \"[,\\\"\\\\\"} ],{\"a\": [ 1 , 2 ]}",
                "[],{\"a\":1,\"a\":2}",
                "[1.50],{}"
            })
    void jsonIsForwardedUnchangedWhateverItsNotation(String payload) {
        assertEquals(
                json(PUBLISH, "1,{\"a\":[1]},\"a.b\"," + payload),
                forwarded(FORMATS.json(), json(PUBLISH, "1,{ \"a\": [1]}, \"a.b\",  " + payload + " ")));
    }

    /** The octets of one argument. */
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
    void everyMessagePackValueIsForwardedUnchanged(String value) {
        String message = MSGPACK_PUBLISH + value;
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
    void everyCborValueIsForwardedUnchanged(String value) {
        String message = CBOR_PUBLISH + value;
        assertEquals(hex(message), forwarded(FORMATS.cbor(), hex(message)));
    }

    @Test
    void aMessageOfIndefiniteLengthIsForwardedWithDefiniteLength() {
        assertEquals(hex(CBOR_PUBLISH + "01"), forwarded(FORMATS.cbor(), hex("9f1001a063612e628101ff")));
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
                publish("[" + json + "]"), forwarded(FORMATS.msgpack(), hex(MSGPACK_PUBLISH + value), FORMATS.json()));
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
        assertEquals(publish("[" + json + "]"), forwarded(FORMATS.cbor(), hex(CBOR_PUBLISH + value), FORMATS.json()));
    }

    @ParameterizedTest
    @CsvSource({"8101c3,a101f5", "d6ff00000001,c074313937302d30312d30315430303a30303a30315a"})
    void messagePackIsMappedToCbor(String value, String mapped) {
        assertEquals(
                hex(CBOR_PUBLISH + mapped), forwarded(FORMATS.msgpack(), hex(MSGPACK_PUBLISH + value), FORMATS.cbor()));
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
                hex(MSGPACK_PUBLISH + mapped), forwarded(FORMATS.cbor(), hex(CBOR_PUBLISH + value), FORMATS.msgpack()));
    }

    @Test
    void aNumberBeyondTheRangeOfDoubleIsMappedToInfinity() {
        Frame frame = publish("[1e400]");
        assertEquals(hex(MSGPACK_PUBLISH + "cb7ff0000000000000"), forwarded(FORMATS.json(), frame, FORMATS.msgpack()));
        assertEquals(hex(CBOR_PUBLISH + "fb7ff0000000000000"), forwarded(FORMATS.json(), frame, FORMATS.cbor()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d40507", "8180c3", "8201c3a131c3", "c70cff000000007fffffffffffffff"})
    void valuesThatJsonCannotRepresentAreUnmappable(String value) {
        Frame frame = hex(MSGPACK_PUBLISH + value);
        assertThrows(UnmappableException.class, () -> forwarded(FORMATS.msgpack(), frame, FORMATS.json()));
    }

    @Test
    void anIntegerOfManyDigitsIsForwardedAndMappedToInfinity() {
        Frame text = publish("[-" + "9".repeat(1_000_000) + "]");
        assertEquals(text, forwarded(FORMATS.json(), text));
        assertEquals(hex(MSGPACK_PUBLISH + "cbfff0000000000000"), forwarded(FORMATS.json(), text, FORMATS.msgpack()));
        String message = CBOR_PUBLISH + "c35a00100000" + "ff".repeat(1 << 20);
        assertEquals(hex(message), forwarded(FORMATS.cbor(), hex(message)));
        assertEquals(
                hex(MSGPACK_PUBLISH + "cbfff0000000000000"),
                forwarded(FORMATS.cbor(), hex(message), FORMATS.msgpack()));
    }

    /** Three octets encode an unpaired surrogate, six a pair of surrogates that were encoded separately. */
    @ParameterizedTest
    @CsvSource({
        "eda08078,     \\ud800x, efbfbd78",
        "78edb080,     x\\udc00, 78efbfbd",
        "eda0bdedb18d, 👍,        f09f918d",
        "c328,         �(,        efbfbd28",
        "61ff,         a�,        61efbfbd",
        "eda0,         �,         efbfbd"
    })
    void aStringThatIsNotUtf8IsMappedForEveryFormat(String octets, String json, String utf8) {
        for (Format from : List.of(FORMATS.msgpack(), FORMATS.cbor())) {
            Frame frame = string(from, octets);
            assertEquals(publish("[\"" + json + "\"]"), forwarded(from, frame, FORMATS.json()));
            assertEquals(string(FORMATS.msgpack(), utf8), forwarded(from, frame, FORMATS.msgpack()));
            assertEquals(string(FORMATS.cbor(), utf8), forwarded(from, frame, FORMATS.cbor()));
        }
    }

    private static Frame string(Format format, String octets) {
        boolean packed = format == FORMATS.msgpack();
        String beginning = packed ? MSGPACK_PUBLISH : CBOR_PUBLISH;
        return hex(beginning + "%02x".formatted((packed ? 0xa0 : 0x60) + octets.length() / 2) + octets);
    }
}
