package veche;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.auth.UriPolicy;
import veche.permission.RulesFile;
import veche.room.Permissions;
import veche.room.RoomPolicy;
import veche.room.Rooms;
import veche.web.Health;

/** The policies in force: those of the application, otherwise the rules file, otherwise the permissions of roles. */
final class Policies {
    private final @Nullable RulesFile rules;
    private final Duration refresh;
    private final RoomPolicy rooms;
    private final UriPolicy uris;

    /** The application's own policies. */
    record Custom(Optional<RoomPolicy> rooms, Optional<UriPolicy> uris) {}

    /** @throws IllegalArgumentException if the rules file is invalid */
    Policies(PolicySettings settings, Permissions permissions, Custom custom) {
        refresh = settings.refresh();
        rules = settings.rules().map(RulesFile::new).orElse(null);
        rooms = custom.rooms().orElse(rules == null ? permissions : rules);
        uris = custom.uris().orElse(rules == null ? UriPolicy.NONE : rules);
    }

    RoomPolicy rooms() {
        return rooms;
    }

    UriPolicy uris() {
        return uris;
    }

    /** Whether the rules file is valid; none without a file. */
    List<Health.Check> checks() {
        return rules == null ? List.of() : List.of(new Health.Check("rules", rules::current));
    }

    /**
     * Periodically reads the rules file, if there is one, and applies changed rules to live connections.
     *
     * @param blocking runs tasks that may block
     */
    void start(Rooms applied, Maintenance maintenance, Executor blocking) {
        if (rules != null) {
            maintenance.every(
                    refresh,
                    () -> blocking.execute(() -> {
                        if (rules.refresh()) {
                            applied.policyChanged();
                        }
                    }));
        }
    }
}
