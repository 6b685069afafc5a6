/**
 * The serializations of WAMP: JSON, MessagePack and CBOR, plain and batched. Values are {@code null}, {@link Boolean},
 * {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link String}, {@link java.nio.ByteBuffer},
 * {@link java.util.List} and {@link java.util.Map} with string keys; what only some serializations have is mapped by
 * {@link veche.dialect.wamp.codec.Portable}. The last fields of a message can be had in their encoded form, which passes
 * unchanged to clients of the same serialization. Knows nothing of what messages mean.
 */
package veche.dialect.wamp.codec;
