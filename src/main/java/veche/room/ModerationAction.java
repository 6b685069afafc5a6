package veche.room;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What a moderator did: an entry of the audit, and, as a ban or mute that nobody has lifted, what holds.
 *
 * @param number counts up over all nodes of one log, in the order in which rulings took effect; 0 before it is recorded
 * @param at when, UTC, whole milliseconds
 * @param moderator who did it
 * @param type what was done
 * @param author the id of the author to whom it was done
 * @param room where it holds, or null for everywhere
 * @param until when a ban or mute ends by itself, whole milliseconds, or null for never
 * @param reason why, in the moderator's words; perhaps empty
 * @param target the message that was deleted, or null
 */
public record ModerationAction(
        long number,
        Instant at,
        Author moderator,
        Type type,
        String author,
        RoomName room,
        Instant until,
        String reason,
        UUID target) {
    /** What can be done to an author. */
    public enum Type {
        KICK,
        BAN,
        UNBAN,
        MUTE,
        UNMUTE,
        /** One of their messages was taken back. */
        DELETE;

        /** The name as it goes over the wire and into the log. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException where no action has that name */
        public static Type ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** Whether it holds until it is lifted. */
        public boolean lasting() {
            return this == BAN || this == MUTE;
        }

        /** What this lifts, or null. */
        public Type lifts() {
            return switch (this) {
                case UNBAN -> BAN;
                case UNMUTE -> MUTE;
                case KICK, BAN, MUTE, DELETE -> null;
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

    /** The same under its number. */
    public ModerationAction numbered(long given) {
        return new ModerationAction(given, at, moderator, type, author, room, until, reason, target);
    }

    /** Whether its time is not over. */
    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Whether it concerns that room, or, with null, everywhere. */
    public boolean covers(RoomName where) {
        return room == null || room.equals(where);
    }

    /** Whether it concerns one of these rooms, and not everywhere. */
    public boolean isIn(Set<RoomName> rooms) {
        return room != null && rooms.contains(room);
    }

    /** What the author concerned is told, one sentence without a full stop. */
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
