package veche;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.auth.UriPolicy;
import veche.permission.CombinedPolicy;
import veche.permission.RulesFile;
import veche.permission.http.HttpAuthorizer;
import veche.room.Permissions;
import veche.room.RoomPolicy;
import veche.room.Rooms;
import veche.web.Health;

/**
 * The policies in force: those of the application, otherwise the rules file, otherwise the permissions of roles; and in
 * addition the HTTP authorizer, where there is one.
 */
final class Policies {
    private final @Nullable RulesFile rules;
    private final Duration refresh;
    private final Optional<HttpAuthorizer> http;
    private final RoomPolicy rooms;
    private final UriPolicy uris;

    /** The application's own policies. */
    record Custom(Optional<RoomPolicy> rooms, Optional<UriPolicy> uris) {}

    /** @throws IllegalArgumentException if the rules file is invalid */
    Policies(PolicySettings settings, Permissions permissions, Custom custom, DialectThreads threads) {
        refresh = settings.refresh();
        rules = settings.rules().map(RulesFile::new).orElse(null);
        http = settings.http()
                .map(site -> new HttpAuthorizer(site, threads.applications(), threads.timer(), Clock.systemUTC()));
        Optional<RoomPolicy> ofRooms = custom.rooms().or(() -> Optional.ofNullable(rules));
        rooms = http.<RoomPolicy>map(site ->
                        ofRooms.map(first -> CombinedPolicy.of(first, site)).orElse(site))
                .orElseGet(() -> ofRooms.orElse(permissions));
        UriPolicy ofUris = custom.uris().orElse(rules == null ? UriPolicy.NONE : rules);
        uris = http.map(site -> CombinedPolicy.of(ofUris, site)).orElse(ofUris);
    }

    RoomPolicy rooms() {
        return rooms;
    }

    UriPolicy uris() {
        return uris;
    }

    /** The HTTP authorizer. */
    Optional<HttpAuthorizer> http() {
        return http;
    }

    /** Whether the rules file is valid, and whether the HTTP authorizer answers. */
    List<Health.Check> checks() {
        List<Health.Check> checks = new ArrayList<>();
        if (rules != null) {
            checks.add(new Health.Check("rules", rules::current));
        }
        http.ifPresent(site -> checks.add(new Health.Check("authorizer", site::available, "available")));
        return checks;
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
