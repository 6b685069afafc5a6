package veche.socket;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers of connections on a node, for another one.
 *
 * @param complete whether what the sender has reported before is obsolete
 * @param counts by the keys of {@link ConnectionCounts}
 */
record CountParcel(boolean complete, Map<String, Integer> counts) {
    /** The form of parcels; nodes ignore those of another one, which a newer node may send during a rolling update. */
    private static final int VERSION = 1;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeBoolean(complete);
            out.writeInt(counts.size());
            for (Map.Entry<String, Integer> count : counts.entrySet()) {
                out.writeUTF(count.getKey());
                out.writeInt(count.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The parcel of these bytes; empty if they are of another version. */
    static Optional<CountParcel> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            boolean complete = in.readBoolean();
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                counts.put(in.readUTF(), in.readInt());
            }
            return Optional.of(new CountParcel(complete, counts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
