package veche;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.dialect.wamp.auth.UriPolicy;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.Ejection;
import veche.room.MessageLog;
import veche.room.Permissions;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.RoomStateStore.RuleRow;
import veche.room.Rooms;
import veche.room.User;
import veche.web.Health;

/** The policies of a server, of which the rules are in a file and in the table of the log's database. */
class PoliciesTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final Policies.Custom NONE = new Policies.Custom(Optional.empty(), Optional.empty());

    private final List<RuleRow> rows = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final DialectThreads threads = new DialectThreads();
    private final MessageLog log = Logs.memory(LogLimits.DEFAULT);

    @AfterEach
    void close() {
        threads.shutdownNow();
        log.close();
    }

    private Policies policies(Optional<Path> file, boolean table) {
        return new Policies(
                new PolicySettings(file, table, Duration.ofMillis(20), Optional.empty()),
                Permissions.DEFAULT,
                NONE,
                threads,
                () -> CompletableFuture.completedFuture(List.copyOf(rows)));
    }

    private Rooms started(Policies policies) {
        Rooms rooms =
                new Rooms(log, new Room.Recent(16, 1 << 20), Permissions.DEFAULT, policies.rooms(), Clock.systemUTC());
        rooms.moderation().start().toCompletableFuture().join();
        ModerationSettings settings =
                Settings.from(new SmallRyeConfigBuilder().build()).moderation();
        policies.load();
        policies.start(rooms, new Maintenance(rooms, settings, threads.timer()), threads.applications());
        return rooms;
    }

    private RoomSession guest(Rooms rooms) {
        return rooms.roomSession(User.guest(new Author("guest:x", "Gus")), "1", new RoomSession.Listener() {
            @Override
            public void onEjected(Ejection ejection) {
                lost.add("all");
            }

            @Override
            public void onRoomLost(RoomName room, Ejection ejection) {
                lost.add(room.value());
            }
        });
    }

    private static String current(Policies policies) {
        return policies.checks().stream()
                .map(check -> check.name() + " " + check.current().getAsBoolean())
                .collect(Collectors.joining(", "));
    }

    @Test
    void withoutRulesEveryoneIsAMember() {
        Policies policies = policies(Optional.empty(), false);
        policies.load();
        assertSame(Permissions.DEFAULT, policies.rooms());
        assertSame(UriPolicy.NONE, policies.uris());
        assertEquals(List.of(), policies.checks());
    }

    @Test
    void aChangedTableAppliesToOpenConnections() {
        rows.add(new RuleRow("guest", "hall", "read"));
        Policies policies = policies(Optional.empty(), true);
        RoomSession guest = guest(started(policies));
        guest.attend(HALL);
        rows.set(0, new RuleRow("guest", "hall", "reed"));
        await().until(() -> current(policies).equals("rule-table false"));
        assertTrue(guest.mayEnter(HALL));
        rows.set(0, new RuleRow("guest", "barn", "read"));
        await().until(() -> lost.equals(List.of("hall")));
        assertFalse(guest.mayEnter(HALL));
        assertEquals("rule-table true", current(policies));
    }

    @Test
    void aFileAndATableApplyTogether(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rules"), "guest * read\n");
        rows.add(new RuleRow("guest", "hall", "-read"));
        Policies policies = policies(Optional.of(file), true);
        RoomSession guest = guest(started(policies));
        assertFalse(guest.mayEnter(HALL));
        assertTrue(guest.mayEnter(RoomName.LOBBY));
        assertEquals(
                List.of("rules", "rule-table"),
                policies.checks().stream().map(Health.Check::name).toList());
    }

    @Test
    void anInvalidTableStopsTheStart() {
        rows.add(new RuleRow("guest", "hall", "reed"));
        Policies policies = policies(Optional.empty(), true);
        assertThrows(IllegalArgumentException.class, policies::load);
    }
}
