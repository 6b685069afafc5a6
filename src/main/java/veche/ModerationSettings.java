package veche;

import java.time.Duration;
import java.util.List;
import veche.room.Permissions;

/**
 * Settings of permissions, moderation and read positions.
 *
 * @param permissions {@code veche.guests}: whether guests write, read or are not admitted; {@code veche.moderator-roles}:
 *     the roles that may delete the messages of others, kick, ban and mute, in ascending rank
 * @param poll {@code veche.moderation.poll}: how often this node polls the moderation actions of other nodes
 * @param revocationPoll {@code veche.revocation.poll}: how often revocations are read
 * @param tokenWarning {@code veche.token.warning}: how long before its token expires a client is warned
 * @param rankMemory {@code veche.moderation.rank-memory}: how long the highest role of a moderator protects it from
 *     moderators of the same or a lower role after it has left
 * @param markFlush {@code veche.read.flush}: how often read positions are stored
 * @param markMemory {@code veche.read.memory}: how long a read position is kept after its last update
 */
record ModerationSettings(
        Permissions permissions,
        Duration poll,
        Duration revocationPoll,
        Duration tokenWarning,
        Duration rankMemory,
        Duration markFlush,
        Duration markMemory) {
    static ModerationSettings from(ConfigReader source) {
        Permissions standard = Permissions.DEFAULT;
        return new ModerationSettings(
                new Permissions(
                        source.get("veche.guests", standard.guests(), ModerationSettings::guests),
                        source.get(
                                "veche.moderator-roles",
                                standard.moderators(),
                                roles -> List.of(roles.split(" *, *")))),
                source.duration("veche.moderation.poll", Duration.ofSeconds(5)),
                source.duration("veche.revocation.poll", Duration.ofSeconds(1)),
                source.duration("veche.token.warning", Duration.ofSeconds(60)),
                source.duration("veche.moderation.rank-memory", Duration.ofDays(30)),
                source.duration("veche.read.flush", Duration.ofSeconds(3)),
                source.duration("veche.read.memory", Duration.ofDays(90)));
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
