package veche.log.cluster;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Parcels of a node for another one. Immutable.
 *
 * @param sender the incarnation of the sending node
 * @param ordinal consecutive for each pair of nodes, from 1, whichever way the batches take; 0 outside of this order
 * @param items for {@link ParcelItem#unpack}; not to be changed
 */
record ParcelBatch(UUID sender, long ordinal, ByteBuffer items) {
    /** Datagrams of other versions are ignored. */
    private static final byte VERSION = 1;

    private static final int HEADER = 1 + 3 * Long.BYTES;

    byte[] toDatagram() {
        return ByteBuffer.allocate(HEADER + items.remaining())
                .put(VERSION)
                .putLong(sender.getMostSignificantBits())
                .putLong(sender.getLeastSignificantBits())
                .putLong(ordinal)
                .put(items.duplicate())
                .array();
    }

    /** The batch in a datagram; empty for one of another version. */
    static Optional<ParcelBatch> fromDatagram(byte[] datagram) {
        if (datagram.length < HEADER || datagram[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer rest = ByteBuffer.wrap(datagram, 1, datagram.length - 1);
        UUID sender = new UUID(rest.getLong(), rest.getLong());
        return Optional.of(new ParcelBatch(sender, rest.getLong(), rest.slice()));
    }
}
