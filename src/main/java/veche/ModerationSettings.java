package veche;

import java.time.Duration;
import java.util.List;
import veche.room.Permissions;

/**
 * What is kept beside the messages: who moderates, how soon it is noticed elsewhere, and how far each has read.
 *
 * @param permissions {@code veche.moderator-roles}: the roles that may delete the messages of others, kick, ban and
 *     mute, in ascending rank
 * @param poll {@code veche.moderation.poll}: how often the rulings of other nodes are looked for
 * @param markFlush {@code veche.read.flush}: how often read positions are made durable
 * @param markMemory {@code veche.read.memory}: how long a read position is kept after its author's last word on it
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
