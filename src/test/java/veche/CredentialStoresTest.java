package veche;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.MessageLog;
import veche.room.Room;
import veche.room.Rooms;
import veche.web.Health;

/** The credential stores of a server, of which one is the table of the log's database. */
class CredentialStoresTest {
    private static final String ENTRY = "{\"cryptosign\": [\"" + "fedcba9876543210".repeat(4) + "\"]}";
    private static final CredentialSettings WITH_TABLE =
            new CredentialSettings("", true, Duration.ofMillis(20), Optional.empty(), Duration.ZERO, List.of());
    private static final CredentialSettings WITHOUT_TABLE =
            new CredentialSettings("", false, Duration.ofMillis(20), Optional.empty(), Duration.ZERO, List.of());

    private static final CredentialSettings WITH_PROCEDURE = new CredentialSettings(
            "", true, Duration.ofMillis(20), Optional.of("com.example.login"), Duration.ofSeconds(5), List.of());

    private final Map<String, String> rows = new ConcurrentHashMap<>(Map.of("ann", ENTRY));
    private final MessageLog log = Logs.memory(LogLimits.DEFAULT);
    private final Rooms rooms = new Rooms(log, new Room.Recent(1024, 1 << 20));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        timer.shutdownNow();
        log.close();
    }

    private CredentialStores open(CredentialSettings settings, Credentials... application) {
        ModerationSettings moderation =
                Settings.from(new SmallRyeConfigBuilder().build()).moderation();
        CredentialStores stores = new CredentialStores(
                settings,
                List.of(application),
                () -> CompletableFuture.completedFuture(Map.copyOf(rows)),
                args -> CompletableFuture.completedFuture(new Realm.Arguments(
                        null, List.of(Map.of("cryptosign", List.of("0123456789abcdef".repeat(4)))), Map.of())));
        stores.start(new Maintenance(rooms, moderation, timer), Runnable::run, rooms.roomSessions());
        return stores;
    }

    private static Optional<String> provider(CredentialStores stores) {
        return stores.all()
                .orElseThrow()
                .find("cryptosign", "veche", "ann")
                .toCompletableFuture()
                .join()
                .map(Credential::authprovider);
    }

    @Test
    void theTableIsReadAtTheStartAndWhenItChanges() {
        CredentialStores stores = open(WITH_TABLE);
        assertEquals(Optional.of("database"), provider(stores));
        rows.clear();
        await().until(() -> provider(stores).isEmpty());
    }

    @Test
    void anInvalidEntryIsReported() {
        Health.Check check = open(WITH_TABLE).checks().get(0);
        assertTrue(check.current().getAsBoolean());
        rows.put("bob", "nonsense");
        await().until(() -> !check.current().getAsBoolean());
    }

    @Test
    void theStoreOfTheApplicationIsAskedFirst() {
        Credentials application =
                (method, realm, authid) -> CompletableFuture.completedFuture(Optional.of(new Credential(
                        authid, "Ann", List.of(), Optional.empty(), "application", new Credential.Keys(Set.of()))));
        assertEquals(Optional.of("application"), provider(open(WITH_TABLE, application)));
    }

    @Test
    void theProcedureIsAskedLast() {
        CredentialStores stores = open(WITH_PROCEDURE);
        assertEquals(Optional.of("database"), provider(stores));
        rows.clear();
        await().until(() -> provider(stores).equals(Optional.of("dynamic")));
    }

    @Test
    void withoutAStoreThereIsNone() {
        CredentialStores stores = open(WITHOUT_TABLE);
        assertEquals(Optional.empty(), stores.all());
        assertEquals(List.of(), stores.checks());
    }
}
