package veche;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of permission policies.
 *
 * @param rules {@code veche.rules}: a file of rules for rooms and WAMP URIs; by default, all users have the same
 *     privileges in all rooms
 * @param refresh {@code veche.rules.refresh}: how often the file is checked for changes
 */
record PolicySettings(Optional<Path> rules, Duration refresh) {
    static PolicySettings from(ConfigReader source) {
        return new PolicySettings(
                source.get("veche.rules", Optional.<Path>empty(), file -> Optional.of(Path.of(file))),
                source.duration("veche.rules.refresh", Duration.ofSeconds(2)));
    }
}
