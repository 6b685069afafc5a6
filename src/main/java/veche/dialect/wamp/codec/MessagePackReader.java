package veche.dialect.wamp.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageUnpacker;

/** Reads one MessagePack value. */
final class MessagePackReader {
    private static final byte TIMESTAMP = -1;

    private final MessagePack codec;
    private final MessageUnpacker from;
    private final byte[] octets;
    private final DecodingLimits limits;
    private final Elements elements;
    private final FieldOffsets offsets;

    /** @param octets the input of the unpacker */
    MessagePackReader(
            MessagePack codec,
            MessageUnpacker from,
            byte[] octets,
            DecodingLimits limits,
            Elements elements,
            FieldOffsets offsets) {
        this.codec = codec;
        this.from = from;
        this.octets = octets;
        this.limits = limits;
        this.elements = elements;
        this.offsets = offsets;
    }

    /** @param level the nesting depth of this value, from 1 */
    @Nullable
    Object value(int level) throws IOException {
        elements.add();
        return switch (from.getNextFormat().getValueType()) {
            case NIL -> {
                from.unpackNil();
                yield null;
            }
            case BOOLEAN -> from.unpackBoolean();
            case INTEGER -> Integers.smallest(from.unpackBigInteger());
            case FLOAT -> from.unpackDouble();
            case STRING -> Text.decoded(payload(from.unpackRawStringHeader()), elements);
            case BINARY -> ByteBuffer.wrap(payload(from.unpackBinaryHeader())).asReadOnlyBuffer();
            case ARRAY -> list(level);
            case MAP -> dict(level);
            case EXTENSION -> extension(from.getTotalReadBytes(), from.unpackExtensionTypeHeader());
        };
    }

    private @Nullable Object extension(long start, ExtensionTypeHeader header) throws IOException {
        present(header.getLength());
        if (header.getType() == 0 && header.getLength() == 1) {
            payload(1);
            return null;
        }
        elements.addSpecial();
        int length = header.getLength();
        if (header.getType() == TIMESTAMP && (length == 4 || length == 8 || length == 12)) {
            try {
                return from.unpackTimestamp(header);
            } catch (DateTimeException | ArithmeticException beyondJava) {
                return foreign(start);
            }
        }
        payload(length);
        return foreign(start);
    }

    private OpaqueValue foreign(long start) {
        return new OpaqueValue(
                codec, ByteBuffer.wrap(Arrays.copyOfRange(octets, (int) start, (int) from.getTotalReadBytes())));
    }

    /** Checks a length against the remaining octets: a header alone must not allocate. */
    private int present(int length) {
        if (length < 0 || length > octets.length - from.getTotalReadBytes()) {
            throw new DecodingException("A length exceeds the remaining data");
        }
        return length;
    }

    private byte[] payload(int length) throws IOException {
        return from.readPayload(present(length));
    }

    private List<@Nullable Object> list(int level) throws IOException {
        limits.enter(level);
        int length = present(from.unpackArrayHeader());
        List<@Nullable Object> list = new ArrayList<>(Math.min(length, 16));
        for (int i = 0; i < length; i++) {
            if (level == 1) {
                offsets.starts(i, from.getTotalReadBytes());
            }
            list.add(value(level + 1));
        }
        if (level == 1) {
            offsets.end(from.getTotalReadBytes());
        }
        return list;
    }

    private Map<?, ?> dict(int level) throws IOException {
        limits.enter(level);
        int length = present(from.unpackMapHeader());
        DictBuilder dict = new DictBuilder(elements);
        for (int i = 0; i < length; i++) {
            dict.add(value(level + 1), value(level + 1));
        }
        return dict.built();
    }
}
