package veche.dialect.wamp.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;

/** {@code wamp.2.msgpack} and {@code wamp.2.cbor}: one list per binary message. */
final class BinaryFormat implements Format {
    private final Codec codec;

    BinaryFormat(Codec codec) {
        this.codec = codec;
    }

    @Override
    public List<List<@Nullable Object>> read(Frame frame) {
        if (frame instanceof Frame.Binary binary) {
            return List.of(codec.read(binary.data(), codec.elements()));
        }
        throw new DecodingException("This serialization requires binary messages");
    }

    @Override
    public Frame write(List<?> message) {
        return new Frame.Binary(codec.write(message));
    }

    @Override
    public boolean forwards(Encoded fields) {
        return fields.serialization() == codec;
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        return frames;
    }
}
