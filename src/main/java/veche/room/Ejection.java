package veche.room;

import java.util.Objects;

/**
 * Why the server closes a visitor's connection.
 *
 * @param reason one sentence without a full stop, for the close frame
 * @param action the moderator's, or null where none is the cause
 */
public record Ejection(String reason, ModerationAction action) {
    static final Ejection EXPIRED = new Ejection("token expired", null);

    public Ejection {
        Objects.requireNonNull(reason, "reason");
    }

    static Ejection by(ModerationAction action) {
        return new Ejection(action.sentence(), action);
    }
}
