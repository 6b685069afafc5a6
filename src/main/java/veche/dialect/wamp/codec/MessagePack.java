package veche.dialect.wamp.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * MessagePack, version 5 (str and bin are distinct). JavaScript's undefined, an extension of type 0 with one octet, is
 * read as null. An integer beyond 64 bits, which the format lacks, is written as a float64.
 */
final class MessagePack implements Codec {
    private final DecodingLimits limits;

    MessagePack(DecodingLimits limits) {
        this.limits = limits;
    }

    @Override
    public Elements elements() {
        return new Elements(limits);
    }

    @Override
    public List<@Nullable Object> read(ByteBuffer bytes, Elements elements) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        elements.begin();
        try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(copy)) {
            FieldOffsets offsets = new FieldOffsets();
            Object value = new MessagePackReader(this, unpacker, copy, limits, elements, offsets).value(1);
            if (unpacker.hasNext()) {
                throw new DecodingException("Unexpected data after the message");
            }
            return offsets.received(this, value, copy, elements);
        } catch (IOException | MessagePackException e) {
            throw new DecodingException("Invalid MessagePack");
        }
    }

    @Override
    public ByteBuffer write(Object value) {
        try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            Encoded last = Forwarded.in(value, this);
            MessagePackWriter writer = new MessagePackWriter(this, packer);
            if (last == null) {
                writer.put(value);
                return ByteBuffer.wrap(packer.toByteArray());
            }
            writer.beginning((List<?>) value, last.fields());
            return last.after(packer.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("Writing to a memory buffer failed", e);
        }
    }

    @Override
    public String toString() {
        return "MessagePack";
    }
}
