package veche.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.address.AddressRange;

/**
 * A moderator's action: an entry of the audit log and, if it has a lasting effect that has not been lifted, a sanction.
 *
 * @param number increases across all nodes of one log, in the order in which actions took effect; 0 before it is
 *     recorded
 * @param at time of the action, UTC, whole milliseconds
 * @param moderator the moderator
 * @param type the type of the action
 * @param author the id of the affected author; empty if the action applies to a room or to addresses
 * @param room the room where it applies, or null for all rooms
 * @param until expiry of a sanction, whole milliseconds, or null if it does not expire
 * @param reason the moderator's reason; may be empty
 * @param target the deleted message, or null
 * @param address the banned addresses, or null
 * @param interval the minimum interval between two messages of an author in slow mode, whole seconds, or null
 */
public record ModerationAction(
        long number,
        Instant at,
        Moderator moderator,
        Type type,
        String author,
        @Nullable RoomName room,
        @Nullable Instant until,
        String reason,
        @Nullable UUID target,
        @Nullable AddressRange address,
        @Nullable Duration interval) {
    /**
     * The moderator at the time of the action.
     *
     * @param rank the rank of the moderator's role; see {@link Permissions}
     * @param address the IP address of the moderator's connection; empty if unknown
     */
    public record Moderator(Author author, int rank, String address) {
        public Moderator {
            Objects.requireNonNull(author, "author");
            Objects.requireNonNull(address, "address");
        }
    }

    /** The lasting effects of actions. A later action replaces the effect of an earlier one with the same scope. */
    public enum Sanction {
        BAN,
        MUTE,
        /** A restriction of a room that applies to all but moderators. */
        MODE,
        /** A legal hold. */
        HOLD;

        /** The name in the log. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The types of actions against an author, a range of addresses, or the non-moderators of a room. */
    public enum Type {
        KICK,
        BAN,
        UNBAN,
        MUTE,
        UNMUTE,
        /** Deletion of one of the author's messages. */
        DELETE,
        /** Revocation of the author's credentials. */
        REVOKE,
        /** Limits each author to one message per interval. */
        SLOW,
        /** Allows only moderators to write. */
        READONLY,
        /** Allows only moderators to enter. */
        CLOSE,
        /** Ends slow mode, read-only mode or the closing of a room. */
        OPEN,
        /** Erasure of the author's messages in all rooms. */
        ERASE,
        /** Legal hold: what is removed of the author's messages, or of those of a room, is kept in copies. */
        HOLD,
        /** Ends a legal hold. */
        RELEASE;

        /** The name in protocols and in the log. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if no type has this name */
        public static Type ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** The sanction that it imposes, which stays in effect until it expires or is lifted. */
        public Optional<Sanction> imposes() {
            return switch (this) {
                case BAN -> Optional.of(Sanction.BAN);
                case MUTE -> Optional.of(Sanction.MUTE);
                case SLOW, READONLY, CLOSE -> Optional.of(Sanction.MODE);
                case HOLD -> Optional.of(Sanction.HOLD);
                case KICK, UNBAN, UNMUTE, DELETE, REVOKE, OPEN, ERASE, RELEASE -> Optional.empty();
            };
        }

        /** The sanction that it lifts. */
        public Optional<Sanction> lifts() {
            return switch (this) {
                case UNBAN -> Optional.of(Sanction.BAN);
                case UNMUTE -> Optional.of(Sanction.MUTE);
                case OPEN -> Optional.of(Sanction.MODE);
                case RELEASE -> Optional.of(Sanction.HOLD);
                case KICK, BAN, MUTE, DELETE, REVOKE, SLOW, READONLY, CLOSE, ERASE, HOLD -> Optional.empty();
            };
        }

        /** The sanction that it imposes or lifts, if any. */
        public Optional<Sanction> sanction() {
            return imposes().or(this::lifts);
        }

        /** Whether it begins or ends a legal hold, which may concern an author, a room, or an author in a room. */
        public boolean isOfHold() {
            return sanction().equals(Optional.of(Sanction.HOLD));
        }

        /** Whether it applies to a room as a whole. */
        public boolean isMode() {
            return sanction().equals(Optional.of(Sanction.MODE));
        }
    }

    public ModerationAction {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(moderator, "moderator");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(reason, "reason");
    }

    /** Creates an action against an author. */
    public ModerationAction(
            long number,
            Instant at,
            Moderator moderator,
            Type type,
            String author,
            @Nullable RoomName room,
            @Nullable Instant until,
            String reason,
            @Nullable UUID target) {
        this(number, at, moderator, type, author, room, until, reason, target, null, null);
    }

    /** Returns a copy with the assigned number. */
    public ModerationAction numbered(long given) {
        return new ModerationAction(given, at, moderator, type, author, room, until, reason, target, address, interval);
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
            case SLOW -> "Slow mode of " + Objects.requireNonNull(interval).toSeconds() + " s";
            case READONLY -> "Read-only mode";
            case CLOSE -> "Closed to non-moderators";
            case UNBAN, UNMUTE, DELETE, REVOKE, OPEN, ERASE, HOLD, RELEASE -> type.wireName();
        };
        String where = room == null ? "" : " in " + room;
        String end = until == null ? "" : " until " + until;
        return what + where + end + (reason.isBlank() ? "" : ": " + reason);
    }
}
