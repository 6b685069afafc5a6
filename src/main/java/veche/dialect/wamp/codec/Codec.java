package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.List;

/** A binary serialization. Thread-safe. */
interface Codec {
    /** @throws DecodingException where these bytes are not exactly one value of this serialization */
    List<Object> read(ByteBuffer bytes, Elements elements);

    /** A count for one WebSocket message, which may be a batch. */
    Elements elements();

    /** The value as bytes. */
    ByteBuffer write(Object value);
}
