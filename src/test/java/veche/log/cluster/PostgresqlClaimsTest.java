package veche.log.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.Postgres;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims.Claim;
import veche.room.cluster.Claims.Decision;
import veche.room.cluster.NodeId;

class PostgresqlClaimsTest {
    private static final PostgresqlBackbone.Timing FAST =
            new PostgresqlBackbone.Timing(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(10));

    private final List<PostgresqlBackbone> opened = new ArrayList<>();
    private final String name = "name-" + UUID.randomUUID();
    private final PostgresqlBackbone first = join("first");
    private final PostgresqlBackbone second = join("second");
    private final List<String> lost = new CopyOnWriteArrayList<>();

    private static final class Ignoring implements Backbone.Listener {
        @Override
        public void joined(NodeId node) {}

        @Override
        public void lost(NodeId node) {}

        @Override
        public void received(NodeId from, byte[] parcel) {}
    }

    @BeforeAll
    static void createTables() {
        Logs.postgresql(Postgres.url(), "postgres", "", LogLimits.DEFAULT).close();
    }

    @AfterEach
    void close() {
        opened.forEach(PostgresqlBackbone::close);
    }

    private PostgresqlBackbone join(String node) {
        PostgresqlBackbone backbone =
                new PostgresqlBackbone(Postgres.server().getPostgresDatabase(), Wakeup.NONE, FAST, Thread::new, node);
        opened.add(backbone);
        backbone.listen(new Ignoring());
        return backbone;
    }

    private CompletableFuture<Decision> request(PostgresqlBackbone node, String mode, long holder) {
        Claim claim = new Claim(name, mode, mode.equals("single"), holder);
        return node.claims().claim(claim, () -> lost.add(mode + holder)).toCompletableFuture();
    }

    private Decision claim(PostgresqlBackbone node, String mode, long holder) {
        return request(node, mode, holder).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static long number(Decision decision) {
        return ((Decision.Granted) decision).number();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isRecorded() throws SQLException {
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM veche_claim WHERE name = '" + name + "'")) {
            return rows.next();
        }
    }

    @Test
    void anExclusiveClaimIsGrantedOnceOverAllNodes() {
        List<CompletableFuture<Decision>> decisions = IntStream.range(0, 100)
                .mapToObj(i -> request(i % 2 == 0 ? first : second, "single", i))
                .toList();
        long granted = decisions.stream()
                .map(decision -> decision.orTimeout(10, TimeUnit.SECONDS).join())
                .filter(Decision.Granted.class::isInstance)
                .count();
        assertEquals(1, granted);
    }

    @Test
    void claimsOfTheSameModeShareANameAndAreNumberedInTheirOrder() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            numbers.add(number(claim(i % 2 == 0 ? first : second, "random", i)));
        }
        assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
        assertEquals(new Decision.Refused("random"), claim(first, "last", 5));
        assertEquals(new Decision.Refused("random"), claim(second, "single", 6));
    }

    @Test
    void aHolderHasOneClaimOfAName() {
        claim(first, "random", 1);
        assertEquals(new Decision.Refused("random"), claim(first, "random", 1));
    }

    @Test
    void aReleasedNameMayBeClaimedAtOnce() {
        claim(first, "single", 1);
        first.claims().release(name, 1);
        assertTrue(claim(first, "random", 1) instanceof Decision.Granted);
        first.claims()
                .release(name, 1)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertTrue(claim(second, "single", 2) instanceof Decision.Granted);
    }

    @Test
    void theClaimsOfANodeEndWithIt() {
        claim(first, "single", 1);
        first.close();
        assertTrue(claim(second, "single", 2) instanceof Decision.Granted);
    }

    @Test
    void aNodeThatWasConsideredLostKeepsTheClaimsThatNoOtherNodeHasMade() throws SQLException {
        claim(first, "single", 1);
        NodeId before = await().until(() -> second.others().stream().findFirst(), Optional::isPresent)
                .orElseThrow();
        execute("DELETE FROM veche_node WHERE incarnation = '" + before.incarnation() + "'");
        await().until(this::isRecorded);
        assertEquals(new Decision.Refused("single"), claim(second, "single", 2));
        assertEquals(List.of(), lost);
    }

    @Test
    void aNodeThatWasConsideredLostLosesTheClaimsThatAnotherNodeHasMade() throws SQLException {
        claim(first, "single", 1);
        NodeId before = await().until(() -> second.others().stream().findFirst(), Optional::isPresent)
                .orElseThrow();
        UUID rival = UUID.randomUUID();
        execute("BEGIN; DELETE FROM veche_node WHERE incarnation = '" + before.incarnation() + "';"
                + " INSERT INTO veche_node (incarnation, name, seen) VALUES ('" + rival
                + "', 'rival', now() + interval '1 hour');"
                + " INSERT INTO veche_claim (name, node, holder, mode, exclusive, number) VALUES ('" + name + "', '"
                + rival + "', 3, 'single', true, nextval('veche_claim_number')); COMMIT");
        await().until(() -> lost.equals(List.of("single1")));
        execute("DELETE FROM veche_node WHERE incarnation = '" + rival + "'");
        assertTrue(claim(first, "single", 1) instanceof Decision.Granted);
    }

    @Test
    void aClaimThatTimedOutIsNotHeld() {
        CompletableFuture<Decision> decision = request(first, "single", 1);
        decision.cancel(false);
        await().until(() -> claim(second, "single", 2) instanceof Decision.Granted);
    }
}
