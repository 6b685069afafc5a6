package veche.dialect.wamp.codec;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * MessagePack, version 5 (str and bin are distinct). Extension types are refused but for
 * JavaScript's undefined; an integer beyond 64 bits, which the
 * format lacks, goes as a float64.
 */
final class MessagePack implements Codec {
    private static final int LONGEST_INTEGER = 64;

    private final Limits limits;

    MessagePack(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Elements elements() {
        return new Elements(limits);
    }

    @Override
    public Object read(ByteBuffer bytes, Elements elements) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(copy)) {
            Object value = new Reader(unpacker, copy.length, elements).value(1);
            if (unpacker.hasNext()) {
                throw new Undecodable("More follows the message");
            }
            return value;
        } catch (IOException | MessagePackException e) {
            throw new Undecodable("Not MessagePack");
        }
    }

    private final class Reader {
        private final MessageUnpacker from;
        private final long size;
        private final Elements elements;

        Reader(MessageUnpacker from, long size, Elements elements) {
            this.from = from;
            this.size = size;
            this.elements = elements;
        }

        Object value(int level) throws IOException {
            elements.add();
            ValueType type = from.getNextFormat().getValueType();
            return switch (type) {
                case NIL -> {
                    from.unpackNil();
                    yield null;
                }
                case BOOLEAN -> from.unpackBoolean();
                case INTEGER -> Integers.smallest(from.unpackBigInteger());
                case FLOAT -> from.unpackDouble();
                case STRING -> Text.decoded(payload(from.unpackRawStringHeader()));
                case BINARY ->
                    ByteBuffer.wrap(payload(from.unpackBinaryHeader())).asReadOnlyBuffer();
                case ARRAY -> list(level);
                case MAP -> dict(level);
                case EXTENSION -> undefined(from.unpackExtensionTypeHeader());
            };
        }

        /** JavaScript's undefined, which its libraries write as an extension of type 0 and one octet, is null. */
        private Object undefined(ExtensionTypeHeader header) throws IOException {
            if (header.getType() != 0 || header.getLength() != 1) {
                throw new Undecodable("WAMP knows no MessagePack extension types");
            }
            payload(1);
            return null;
        }

        /** Believes a length only as far as bytes are there: a header alone must not allocate. */
        private int present(int length) {
            if (length < 0 || length > size - from.getTotalReadBytes()) {
                throw new Undecodable("Shorter than it says");
            }
            return length;
        }

        private byte[] payload(int length) throws IOException {
            return from.readPayload(present(length));
        }

        private List<Object> list(int level) throws IOException {
            limits.enter(level);
            int length = present(from.unpackArrayHeader());
            List<Object> list = new ArrayList<>(Math.min(length, 16));
            for (int i = 0; i < length; i++) {
                list.add(value(level + 1));
            }
            return list;
        }

        private Map<String, Object> dict(int level) throws IOException {
            limits.enter(level);
            int length = present(from.unpackMapHeader());
            Map<String, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < length; i++) {
                elements.add();
                if (from.getNextFormat().getValueType() != ValueType.STRING) {
                    throw new Undecodable("A dict's keys are strings");
                }
                String key = Text.decoded(payload(from.unpackRawStringHeader()));
                dict.put(key, value(level + 1));
            }
            return dict;
        }
    }

    @Override
    public ByteBuffer write(Object value) {
        try (MessageBufferPacker packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            put(packer, value);
            return ByteBuffer.wrap(packer.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot fail to be written", e);
        }
    }

    private static void put(MessagePacker to, Object value) throws IOException {
        if (value == null) {
            to.packNil();
        } else if (value instanceof String string) {
            to.packString(Text.whole(string));
        } else if (value instanceof Boolean flag) {
            to.packBoolean(flag);
        } else if (value instanceof Number number) {
            putNumber(to, number);
        } else if (value instanceof List<?> list) {
            to.packArrayHeader(list.size());
            for (Object element : list) {
                put(to, element);
            }
        } else if (value instanceof Map<?, ?> dict) {
            to.packMapHeader(dict.size());
            for (Map.Entry<?, ?> entry : dict.entrySet()) {
                to.packString(Text.whole((String) entry.getKey()));
                put(to, entry.getValue());
            }
        } else if (value instanceof ByteBuffer binary) {
            to.packBinaryHeader(binary.remaining());
            byte[] bytes = new byte[binary.remaining()];
            binary.duplicate().get(bytes);
            to.writePayload(bytes);
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    private static void putNumber(MessagePacker to, Number number) throws IOException {
        if (number instanceof BigInteger big) {
            boolean fits = big.signum() < 0 ? big.bitLength() < LONGEST_INTEGER : big.bitLength() <= LONGEST_INTEGER;
            if (fits) {
                to.packBigInteger(big);
            } else {
                to.packDouble(big.doubleValue());
            }
        } else if (number instanceof Double || number instanceof Float) {
            to.packDouble(number.doubleValue());
        } else {
            to.packLong(number.longValue());
        }
    }
}
