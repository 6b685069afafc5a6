package veche.room;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason why the server closes a user's connection, or ends its stay in a room.
 *
 * @param reason one sentence without a full stop, for the close frame
 * @param action the moderation action that caused it, or null if there is none
 */
public record Ejection(String reason, @Nullable ModerationAction action) {
    static final Ejection EXPIRED = new Ejection("token expired", null);
    static final Ejection REVOKED = new Ejection("access revoked", null);

    public Ejection {
        Objects.requireNonNull(reason, "reason");
    }

    static Ejection outOf(RoomName room) {
        return new Ejection("Your token no longer grants access to " + room, null);
    }

    static Ejection by(ModerationAction action) {
        return new Ejection(action.sentence(), action);
    }
}
