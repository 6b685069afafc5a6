package veche.log.cluster;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A parcel, or something that the backbones exchange themselves. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ParcelItem(Kind kind, byte[] content) {
    enum Kind {
        PARCEL(0),
        /** Asks for the state of the node, since parcels of it are missing. */
        REQUEST(1),
        /** Asks whether the relay works, with a number. */
        PROBE(2),
        /** The answer to a probe, with its number. */
        ANSWER(3),
        /** The ordinal up to which all batches have been received. */
        ACKNOWLEDGEMENT(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Optional<Kind> of(byte code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    private static final int HEADER = Integer.BYTES + 1;

    static ParcelItem parcel(byte[] content) {
        return new ParcelItem(Kind.PARCEL, content);
    }

    static ParcelItem request() {
        return new ParcelItem(Kind.REQUEST, new byte[0]);
    }

    static ParcelItem numbered(Kind kind, long number) {
        return new ParcelItem(
                kind, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    long number() {
        return ByteBuffer.wrap(content).getLong();
    }

    int size() {
        return HEADER + content.length;
    }

    /**
     * Removes the first item and those that fit beside it, and returns them in the form for {@link #unpack}.
     *
     * @param maxBytes exceeded by a single item only
     */
    static byte[] pack(Queue<ParcelItem> items, int maxBytes) {
        List<ParcelItem> taken = new ArrayList<>();
        int size = 0;
        for (ParcelItem next = items.peek();
                next != null && (taken.isEmpty() || size + next.size() <= maxBytes);
                next = items.peek()) {
            taken.add(items.remove());
            size += next.size();
        }
        ByteBuffer packed = ByteBuffer.allocate(size);
        taken.forEach(
                item -> packed.putInt(item.content.length).put(item.kind.code).put(item.content));
        return packed.array();
    }

    /**
     * The items of a batch, without those of unknown kinds, which newer nodes may send.
     *
     * @throws BufferUnderflowException if the batch is malformed
     */
    static List<ParcelItem> unpack(ByteBuffer packed) {
        ByteBuffer rest = packed.duplicate();
        List<ParcelItem> items = new ArrayList<>();
        while (rest.hasRemaining()) {
            int length = rest.getInt();
            byte code = rest.get();
            if (length < 0 || length > rest.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] content = new byte[length];
            rest.get(content);
            Kind.of(code).ifPresent(kind -> items.add(new ParcelItem(kind, content)));
        }
        return items;
    }
}
