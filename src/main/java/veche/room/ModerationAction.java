package veche.room;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A moderator's action: an entry of the audit log and, in the case of a ban or mute that has not been lifted, a
 * sanction.
 *
 * @param number increases across all nodes of one log, in the order in which actions took effect; 0 before it is
 *     recorded
 * @param at time of the action, UTC, whole milliseconds
 * @param moderator the moderator
 * @param type the type of the action
 * @param author the id of the affected author
 * @param room the room where it applies, or null for all rooms
 * @param until expiry of a ban or mute, whole milliseconds, or null if it does not expire
 * @param reason the moderator's reason; may be empty
 * @param target the deleted message, or null
 */
public record ModerationAction(
        long number,
        Instant at,
        Author moderator,
        Type type,
        String author,
        @Nullable RoomName room,
        @Nullable Instant until,
        String reason,
        @Nullable UUID target) {
    /** The types of actions against an author. */
    public enum Type {
        KICK,
        BAN,
        UNBAN,
        MUTE,
        UNMUTE,
        /** Deletion of one of the author's messages. */
        DELETE;

        /** The name in protocols and in the log. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if no type has this name */
        public static Type ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** Whether it is a sanction, which stays in effect until it expires or is lifted. */
        public boolean lasting() {
            return this == BAN || this == MUTE;
        }

        /** The type of sanction that this type lifts. */
        public Optional<Type> lifts() {
            return switch (this) {
                case UNBAN -> Optional.of(BAN);
                case UNMUTE -> Optional.of(MUTE);
                case KICK, BAN, MUTE, DELETE -> Optional.empty();
            };
        }
    }

    public ModerationAction {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(moderator, "moderator");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns a copy with the assigned number. */
    public ModerationAction numbered(long given) {
        return new ModerationAction(given, at, moderator, type, author, room, until, reason, target);
    }

    /** Whether it has not expired. */
    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Whether it applies to the room, or, if the room is null, to all rooms. */
    public boolean covers(@Nullable RoomName where) {
        return room == null || room.equals(where);
    }

    /** Whether it applies to one of these rooms in particular, not to all rooms. */
    public boolean isIn(Set<RoomName> rooms) {
        return room != null && rooms.contains(room);
    }

    /** The explanation for the affected author, one sentence without a full stop. */
    String sentence() {
        String what = switch (type) {
            case KICK -> "Kicked";
            case BAN -> "Banned";
            case MUTE -> "Muted";
            case UNBAN, UNMUTE, DELETE -> type.wireName();
        };
        String where = room == null ? "" : " in " + room;
        String end = until == null ? "" : " until " + until;
        return what + where + end + (reason.isBlank() ? "" : ": " + reason);
    }
}
