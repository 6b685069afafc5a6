package veche.room;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.access.Privilege;

/**
 * Content of a message that an edit or a deletion replaced; accessible with {@link Privilege#AUDIT}.
 *
 * @param text the replaced text, or null if there was none
 * @param name a deleted file's name, or null
 * @param data a deleted file's bytes, or null
 * @param replacedAt time of the replacement
 * @param replacedBy the id of the edit or deletion
 */
public record Revision(
        @Nullable String text,
        @Nullable String name,
        @Nullable ByteBuffer data,
        Instant replacedAt,
        UUID replacedBy) {
    public Revision {
        data = data == null ? null : data.asReadOnlyBuffer();
    }

    /** Approximate size in memory in bytes. */
    public int weight() {
        return Message.weight(text, name, data);
    }

    @Override
    public @Nullable ByteBuffer data() {
        return data == null ? null : data.duplicate();
    }
}
