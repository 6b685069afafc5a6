/**
 * The serializations of WAMP: JSON, MessagePack and CBOR, plain and batched. Values are {@code null}, {@link Boolean},
 * {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link String}, {@link java.nio.ByteBuffer},
 * {@link java.util.List} and {@link java.util.Map} with string keys. Knows nothing of what messages mean.
 */
package veche.dialect.wamp.codec;
