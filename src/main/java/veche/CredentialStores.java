package veche;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.auth.CredentialChain;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.credential.CredentialFile;
import veche.dialect.wamp.credential.CredentialProcedure;
import veche.dialect.wamp.credential.CredentialTable;
import veche.room.RoomSessions;
import veche.room.User;
import veche.web.Health;

/**
 * The credential stores of WAMP clients, in the order in which they are queried: application, table, file, procedure.
 */
final class CredentialStores {
    private final CredentialSettings settings;
    private final List<Credentials> application;
    private final Optional<CredentialTable> table;
    private final Optional<CredentialFile> file;
    private final Optional<CredentialProcedure> procedure;

    /**
     * Reads the file; blocks.
     *
     * @param rows reads the table; used once the stores are started
     * @param asking calls the procedure that authenticates clients
     * @throws IllegalArgumentException if the file is unreadable or invalid
     */
    CredentialStores(
            CredentialSettings settings,
            List<Credentials> application,
            Supplier<CompletionStage<Map<String, String>>> rows,
            Function<List<?>, CompletionStage<Realm.Arguments>> asking) {
        this.settings = settings;
        this.application = List.copyOf(application);
        this.table = settings.table() ? Optional.of(new CredentialTable(rows)) : Optional.empty();
        this.file = settings.open();
        this.procedure = settings.authenticator().map(uri -> new CredentialProcedure(asking));
    }

    /** All stores as one; empty if there is none. */
    Optional<Credentials> all() {
        List<Credentials> stores = new ArrayList<>(application);
        table.ifPresent(stores::add);
        file.ifPresent(stores::add);
        procedure.ifPresent(stores::add);
        return stores.isEmpty() ? Optional.empty() : Optional.of(new CredentialChain(stores));
    }

    /** The state of the table and the file. */
    List<Health.Check> checks() {
        return Stream.concat(
                        table.map(rows -> new Health.Check("credential-table", rows::valid)).stream(),
                        file.map(entries -> new Health.Check("credentials", entries::current)).stream())
                .toList();
    }

    /**
     * Reads the table, which blocks, and from now on all changes. What a change takes from a principal closes its
     * connections.
     *
     * @param blocking runs tasks that may block
     */
    void start(Maintenance maintenance, Executor blocking, RoomSessions sessions) {
        table.ifPresent(rows -> {
            rows.refresh().toCompletableFuture().join();
            maintenance.every(
                    settings.refresh(),
                    () -> Maintenance.logFailure(
                            "Reading the credential table",
                            rows.refresh().thenAccept(authids -> withdraw(authids, sessions))));
        });
        file.ifPresent(entries -> maintenance.every(
                settings.refresh(), () -> blocking.execute(() -> withdraw(entries.refresh(), sessions))));
    }

    private static void withdraw(Set<String> authids, RoomSessions sessions) {
        authids.forEach(authid -> sessions.withdraw("user:" + authid, User.Provider.CREDENTIAL));
    }
}
