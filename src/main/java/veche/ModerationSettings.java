package veche;

import java.time.Duration;
import java.util.List;
import veche.room.Permissions;

/**
 * Settings of permissions, moderation and read positions.
 *
 * @param permissions {@code veche.guests}: whether guests write, read or are not admitted;
 *     {@code veche.moderator-roles}: the roles that may delete the messages of others, kick, ban and mute, in ascending
 *     rank
 * @param guestNames {@code veche.guests.names}: whether guests are marked and cannot use the names of users
 * @param nameMemory {@code veche.guests.name-memory}: how long after a user's last connection guests cannot use its
 *     name
 * @param poll {@code veche.moderation.poll}: how often this node polls the moderation actions and names of other nodes
 * @param revocationPoll {@code veche.revocation.poll}: how often revocations are read
 * @param tokenWarning {@code veche.token.warning}: how long before its token expires a client is warned
 * @param rankMemory {@code veche.moderation.rank-memory}: how long the highest role of a moderator protects it from
 *     moderators of the same or a lower role after it has left
 * @param markFlush {@code veche.read.flush}: how often read positions are stored
 * @param markMemory {@code veche.read.memory}: how long a read position is kept after its last update
 */
record ModerationSettings(
        Permissions permissions,
        GuestNaming guestNames,
        Duration nameMemory,
        Duration poll,
        Duration revocationPoll,
        Duration tokenWarning,
        Duration rankMemory,
        Duration markFlush,
        Duration markMemory) {
    /** How the names of guests differ from those of users. */
    enum GuestNaming {
        /** Guests are marked and cannot use the names of users. */
        MARKED,
        /** Guests may use any name, and the page does not mark them. */
        FREE
    }

    /** Whether guests are marked and cannot use the names of users. */
    boolean marksGuests() {
        return guestNames == GuestNaming.MARKED;
    }

    static ModerationSettings from(ConfigReader source) {
        Permissions standard = Permissions.DEFAULT;
        return new ModerationSettings(
                new Permissions(
                        source.get("veche.guests", standard.guests(), ModerationSettings::guests),
                        source.get(
                                "veche.moderator-roles",
                                standard.moderators(),
                                roles -> List.of(roles.split(" *, *")))),
                source.get("veche.guests.names", GuestNaming.MARKED, ModerationSettings::naming),
                source.duration("veche.guests.name-memory", Duration.ofDays(90)),
                source.duration("veche.moderation.poll", Duration.ofMillis(500)),
                source.duration("veche.revocation.poll", Duration.ofMillis(500)),
                source.duration("veche.token.warning", Duration.ofSeconds(60)),
                source.duration("veche.moderation.rank-memory", Duration.ofDays(30)),
                source.duration("veche.read.flush", Duration.ofSeconds(3)),
                source.duration("veche.read.memory", Duration.ofDays(90)));
    }

    private static GuestNaming naming(String names) {
        return switch (names) {
            case "marked" -> GuestNaming.MARKED;
            case "free" -> GuestNaming.FREE;
            default -> throw new IllegalArgumentException("It must be marked or free");
        };
    }

    private static Permissions.Guests guests(String access) {
        return switch (access) {
            case "write" -> Permissions.Guests.WRITE;
            case "read" -> Permissions.Guests.READ;
            case "none" -> Permissions.Guests.NONE;
            default -> throw new IllegalArgumentException("It must be write, read or none");
        };
    }
}
