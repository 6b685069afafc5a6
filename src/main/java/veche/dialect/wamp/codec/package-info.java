/**
 * The serializations of WAMP: JSON, MessagePack and CBOR, plain and batched. Values are {@code null}, {@link Boolean},
 * {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link String}, {@link java.nio.ByteBuffer},
 * {@link java.util.List} and {@link java.util.Map} with string keys. {@link veche.dialect.wamp.codec.Portable} maps
 * values that only some serializations support. The last fields of a message are also available in their encoding,
 * which is forwarded unchanged to clients of the same serialization. This package does not interpret messages.
 */
@NullMarked
package veche.dialect.wamp.codec;

import org.jspecify.annotations.NullMarked;
