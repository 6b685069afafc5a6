package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A binary serialization. Thread-safe. */
interface Codec {
    /**
     * Decodes one message.
     *
     * @throws DecodingException if the bytes are not exactly one value of this serialization
     */
    List<@Nullable Object> read(ByteBuffer bytes, Elements elements);

    /** Creates the element counter for one WebSocket message, which may be a batch. */
    Elements elements();

    /** Encodes the value. */
    ByteBuffer write(Object value);
}
