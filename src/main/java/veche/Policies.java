package veche;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import veche.dialect.wamp.auth.UriPolicy;
import veche.permission.CombinedPolicy;
import veche.permission.RulePolicy;
import veche.permission.RulesFile;
import veche.permission.RulesTable;
import veche.permission.http.HttpAuthorizer;
import veche.room.Permissions;
import veche.room.RoomPolicy;
import veche.room.RoomStateStore.RuleRow;
import veche.room.Rooms;
import veche.web.Health;

/**
 * The policies in force: those of the application, otherwise the rules of the file and the table, otherwise the
 * permissions of roles; and in addition the HTTP authorizer, where there is one.
 */
final class Policies {
    private final Optional<RulesFile> file;
    private final Optional<RulesTable> table;
    private final RulePolicy rules;
    private final Duration refresh;
    private final Optional<HttpAuthorizer> http;
    private final RoomPolicy rooms;
    private final UriPolicy uris;

    /** The application's own policies. */
    record Custom(Optional<RoomPolicy> rooms, Optional<UriPolicy> uris) {}

    /**
     * @param rows reads the table of rules; used from {@link #load} on
     * @throws IllegalArgumentException if the rules file is invalid
     */
    Policies(
            PolicySettings settings,
            Permissions permissions,
            Custom custom,
            DialectThreads threads,
            Supplier<CompletionStage<List<RuleRow>>> rows) {
        refresh = settings.refresh();
        file = settings.rules().map(RulesFile::new);
        table = settings.table() ? Optional.of(new RulesTable(rows)) : Optional.empty();
        rules = new RulePolicy(file, table);
        http = settings.http()
                .map(site -> new HttpAuthorizer(site, threads.applications(), threads.timer(), Clock.systemUTC()));
        Optional<RulePolicy> used = file.isPresent() || table.isPresent() ? Optional.of(rules) : Optional.empty();
        Optional<RoomPolicy> ofRooms = custom.rooms().or(() -> used);
        rooms = http.<RoomPolicy>map(site ->
                        ofRooms.map(first -> CombinedPolicy.of(first, site)).orElse(site))
                .orElseGet(() -> ofRooms.orElse(permissions));
        UriPolicy ofUris = custom.uris().or(() -> used).orElse(UriPolicy.NONE);
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

    /** Whether the rules in force are those of the file and of the table, and whether the HTTP authorizer answers. */
    List<Health.Check> checks() {
        List<Health.Check> checks = new ArrayList<>();
        file.ifPresent(known -> checks.add(new Health.Check("rules", known::current)));
        table.ifPresent(known -> checks.add(new Health.Check("rule-table", known::current)));
        http.ifPresent(site -> checks.add(new Health.Check("authorizer", site::available, "available")));
        return checks;
    }

    /**
     * Reads the table of rules, which blocks, if it is used.
     *
     * @throws IllegalArgumentException if a row is invalid
     */
    void load() {
        rules.refreshTable().toCompletableFuture().join();
        table.ifPresent(RulesTable::checkCurrent);
    }

    /**
     * Periodically reads the rules and applies changed ones to live connections.
     *
     * @param blocking runs tasks that may block
     */
    void start(Rooms applied, Maintenance maintenance, Executor blocking) {
        if (file.isPresent()) {
            maintenance.every(refresh, () -> blocking.execute(() -> apply(rules.refreshFile(), applied)));
        }
        if (table.isPresent()) {
            maintenance.every(
                    refresh,
                    () -> Maintenance.logFailure(
                            "Reading the table of rules",
                            rules.refreshTable().thenAccept(changed -> apply(changed, applied))));
        }
    }

    private static void apply(boolean changed, Rooms applied) {
        if (changed) {
            applied.policyChanged();
        }
    }
}
