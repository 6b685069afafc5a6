package veche.dialect.wamp.codec;

import org.jspecify.annotations.Nullable;

/**
 * A CBOR value with a tag (RFC 8949 §3.4).
 *
 * @param tag unsigned
 */
record Tagged(long tag, @Nullable Object content) {}
