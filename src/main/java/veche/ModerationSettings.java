package veche;

import java.time.Duration;
import java.util.Set;
import veche.room.Permissions;

/**
 * Who moderates, and how soon it is noticed elsewhere.
 *
 * @param permissions {@code veche.moderator-roles}: the roles that may delete the messages of others, kick, ban and mute
 * @param poll {@code veche.moderation.poll}: how often the rulings of other nodes are looked for
 */
record ModerationSettings(Permissions permissions, Duration poll) {
    static ModerationSettings from(Settings.Source source) {
        return new ModerationSettings(
                source.get(
                        "veche.moderator-roles",
                        Permissions.DEFAULT,
                        roles -> new Permissions(Set.of(roles.split(" *, *")))),
                source.duration("veche.moderation.poll", Duration.ofSeconds(5)));
    }
}
