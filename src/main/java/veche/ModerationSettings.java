package veche;

import java.time.Duration;
import java.util.List;
import veche.room.Permissions;

/**
 * Settings of moderation and of read positions.
 *
 * @param permissions {@code veche.moderator-roles}: the roles that may delete the messages of others, kick, ban and
 *     mute, in ascending rank
 * @param poll {@code veche.moderation.poll}: how often this node polls the moderation actions of other nodes
 * @param markFlush {@code veche.read.flush}: how often read positions are stored
 * @param markMemory {@code veche.read.memory}: how long a read position is kept after its last update
 */
record ModerationSettings(Permissions permissions, Duration poll, Duration markFlush, Duration markMemory) {
    static ModerationSettings from(ConfigReader source) {
        return new ModerationSettings(
                source.get(
                        "veche.moderator-roles",
                        Permissions.DEFAULT,
                        roles -> new Permissions(List.of(roles.split(" *, *")))),
                source.duration("veche.moderation.poll", Duration.ofSeconds(5)),
                source.duration("veche.read.flush", Duration.ofSeconds(3)),
                source.duration("veche.read.memory", Duration.ofDays(90)));
    }
}
