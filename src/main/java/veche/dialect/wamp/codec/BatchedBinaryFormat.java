package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;

/**
 * {@code wamp.2.msgpack.batched} and {@code wamp.2.cbor.batched}: each list is preceded by its length as a big-endian
 * uint32.
 */
final class BatchedBinaryFormat implements Format {
    private final Codec codec;

    BatchedBinaryFormat(Codec codec) {
        this.codec = codec;
    }

    @Override
    public List<List<@Nullable Object>> read(Frame frame) {
        if (!(frame instanceof Frame.Binary binary)) {
            throw new DecodingException("This serialization requires binary messages");
        }
        ByteBuffer batch = binary.data();
        Elements elements = codec.elements();
        List<List<@Nullable Object>> messages = new ArrayList<>();
        while (batch.hasRemaining()) {
            messages.add(codec.read(next(batch), elements));
        }
        if (messages.isEmpty()) {
            throw new DecodingException("The batch contains no message");
        }
        return messages;
    }

    private static ByteBuffer next(ByteBuffer batch) {
        long length = batch.remaining() < Integer.BYTES ? Long.MAX_VALUE : Integer.toUnsignedLong(batch.getInt());
        if (length > batch.remaining()) {
            throw new DecodingException("A length in the batch exceeds the remaining data");
        }
        ByteBuffer message = batch.slice(batch.position(), (int) length);
        batch.position(batch.position() + (int) length);
        return message;
    }

    @Override
    public Frame write(List<?> message) {
        ByteBuffer bytes = codec.write(message);
        return new Frame.Binary(ByteBuffer.allocate(Integer.BYTES + bytes.remaining())
                .putInt(bytes.remaining())
                .put(bytes)
                .flip());
    }

    @Override
    public boolean forwards(Encoded fields) {
        return fields.serialization() == codec;
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        int size = frames.stream().mapToInt(Frame::weight).sum();
        ByteBuffer batch = ByteBuffer.allocate(size);
        frames.forEach(frame -> batch.put(((Frame.Binary) frame).data()));
        return List.of(new Frame.Binary(batch.flip()));
    }
}
