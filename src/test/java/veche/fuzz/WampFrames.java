package veche.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.DecodingException;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.MessageParser;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.WampMessage;

/** Properties of every frame that a WAMP client can send. */
final class WampFrames {
    static final Formats FORMATS = new Formats(DecodingLimits.DEFAULT);
    private static final List<Format> UNBATCHED = List.of(FORMATS.json(), FORMATS.msgpack(), FORMATS.cbor());

    private WampFrames() {}

    static Frame text(byte[] input) {
        return new Frame.Text(new String(input, StandardCharsets.UTF_8));
    }

    static Frame binary(byte[] input) {
        return new Frame.Binary(ByteBuffer.wrap(input));
    }

    /**
     * The frame is decoded or rejected. Decoded messages are encoded to the same frame again and again, forwarded or
     * not, and clients of other serializations can read them.
     */
    static void check(Format format, Frame frame) {
        Allocation.assertBounded(frame.weight(), () -> {
            try {
                format.read(frame).forEach(WampFrames::parsed);
            } catch (DecodingException rejected) {
                assertNotNull(rejected.getMessage());
            }
        });
        decoded(format, frame).forEach(fields -> {
            checkStable(format, fields);
            checkReadable(fields);
        });
    }

    private static List<List<Object>> decoded(Format format, Frame frame) {
        try {
            return format.read(frame);
        } catch (DecodingException rejected) {
            return List.of();
        }
    }

    /** None if the list is no WAMP message. */
    private static Stream<WampMessage> parsed(List<Object> fields) {
        try {
            return Stream.of(MessageParser.parse(fields));
        } catch (ProtocolViolationException rejected) {
            assertNotNull(rejected.getMessage());
            return Stream.empty();
        }
    }

    private static void checkStable(Format format, List<Object> fields) {
        Frame copied = format.write(new ArrayList<>(fields));
        assertEquals(copied, format.write(new ArrayList<>(format.read(copied).get(0))));
        parsed(fields).forEach(message -> {
            Frame forwarded = format.write(message.fields());
            assertEquals(
                    forwarded,
                    format.write(
                            MessageParser.parse(format.read(forwarded).get(0)).fields()));
        });
    }

    private static void checkReadable(List<Object> fields) {
        for (Format other : UNBATCHED) {
            try {
                assertEquals(
                        fields.size(), other.read(other.write(fields)).get(0).size());
            } catch (UnmappableException unmappable) {
                assertNotNull(unmappable.getMessage());
            }
        }
    }
}
