package veche.room;

import static veche.room.RefusedException.Reason.INVALID;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import veche.room.address.AddressRange;

/**
 * A moderator's request for an action.
 *
 * @param type the action
 * @param author the id of the affected author; empty if the action applies to addresses or to a room as a whole
 * @param address the affected addresses, or null
 * @param room the room where it applies, or null for all rooms
 * @param lasting the duration of a sanction, or null if it does not expire
 * @param interval the minimum interval between two messages of an author in slow mode, otherwise null
 * @param reason the reason; may be empty
 */
public record ModerationOrder(
        ModerationAction.Type type,
        String author,
        @Nullable AddressRange address,
        @Nullable RoomName room,
        @Nullable Duration lasting,
        @Nullable Duration interval,
        String reason) {
    /** Maximum length of a reason, in characters. */
    public static final int MAX_REASON = 500;

    /** Maximum interval of slow mode. */
    public static final Duration MAX_INTERVAL = Duration.ofHours(6);

    private static final int MAX_AUTHOR = 300;
    private static final int MAX_DAYS = 365_000;

    /** @throws RefusedException ({@link RefusedException.Reason#INVALID}) if a component is invalid */
    public ModerationOrder {
        boolean mode = type.isMode();
        boolean ofRoom = mode || type.isOfHold() && room != null && author.isEmpty();
        if (!ofRoom && address == null) {
            require(
                    !author.isBlank() && author.length() <= MAX_AUTHOR && clean(author),
                    "author is not a valid author id");
            require(!author.startsWith("server:"), "The server's own authors cannot be moderated");
        }
        require(!mode || room != null, "room is missing");
        require(
                address == null || room == null && author.isEmpty() && bans(type),
                "Addresses are banned from all rooms: specify neither a room nor an author");
        require(
                reason.length() <= MAX_REASON && clean(reason),
                "reason must have at most " + MAX_REASON + " characters and no control characters");
        require(lasting == null || !lasting.isNegative() && !lasting.isZero(), "seconds must be greater than 0");
        require(lasting == null || lasting.toDays() <= MAX_DAYS, "seconds must be at most 1000 years");
        require(
                type != ModerationAction.Type.SLOW
                        || interval != null && interval.toSeconds() >= 1 && interval.compareTo(MAX_INTERVAL) <= 0,
                "interval must be between 1 and " + MAX_INTERVAL.toSeconds() + " seconds");
    }

    /** Creates an order against an author, in one room or in all. */
    public static ModerationOrder author(
            ModerationAction.Type type,
            String author,
            @Nullable RoomName room,
            @Nullable Duration lasting,
            String reason) {
        return new ModerationOrder(type, author, null, room, lasting, null, reason);
    }

    /** Creates an order that bans addresses from all rooms, or lifts the ban. */
    public static ModerationOrder addresses(
            ModerationAction.Type type, AddressRange address, @Nullable Duration lasting, String reason) {
        return new ModerationOrder(type, "", address, null, lasting, null, reason);
    }

    /** Creates an order for a room as a whole. */
    public static ModerationOrder room(
            ModerationAction.Type type,
            RoomName room,
            @Nullable Duration lasting,
            @Nullable Duration interval,
            String reason) {
        return new ModerationOrder(type, "", null, room, lasting, interval, reason);
    }

    private static boolean bans(ModerationAction.Type type) {
        return type == ModerationAction.Type.BAN || type == ModerationAction.Type.UNBAN;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new RefusedException(INVALID, message);
        }
    }

    /** Excludes control characters and unpaired surrogates, which storages encode differently. */
    private static boolean clean(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
