package veche.log.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.Postgres;
import veche.room.cluster.Backbone;
import veche.room.cluster.ClusterNode;
import veche.room.cluster.NodeId;
import veche.room.cluster.NodeReport;

class PostgresqlBackboneTest {
    private static final PostgresqlBackbone.Timing FAST =
            new PostgresqlBackbone.Timing(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(20));

    private final List<Backbone> opened = new ArrayList<>();

    /** Records what a node receives. */
    private static final class Node implements Backbone.Listener {
        final List<NodeId> joined = new CopyOnWriteArrayList<>();
        final List<NodeId> lost = new CopyOnWriteArrayList<>();
        final List<byte[]> parcels = new CopyOnWriteArrayList<>();

        @Override
        public void joined(NodeId node) {
            joined.add(node);
        }

        @Override
        public void lost(NodeId node) {
            lost.add(node);
        }

        @Override
        public void received(NodeId from, byte[] parcel) {
            parcels.add(parcel);
        }

        List<String> texts() {
            return parcels.stream()
                    .map(parcel -> new String(parcel, StandardCharsets.UTF_8))
                    .toList();
        }
    }

    @BeforeAll
    static void createTables() {
        Logs.postgresql(Postgres.url(), "postgres", "", LogLimits.DEFAULT).close();
    }

    @AfterEach
    void close() {
        opened.forEach(Backbone::close);
    }

    private Backbone join(DataSource dataSource, Wakeup wakeup, String name, Node node) {
        Backbone backbone = new PostgresqlBackbone(dataSource, wakeup, FAST, Thread::new, name);
        opened.add(backbone);
        backbone.listen(node);
        return backbone;
    }

    private Backbone join(String name, Node node) {
        return join(database(), Wakeup.NONE, name, node);
    }

    private static DataSource database() {
        return Postgres.server().getPostgresDatabase();
    }

    private static void awaitOther(Backbone backbone) {
        await().until(() -> backbone.others().size() == 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void parcelsArriveInTheirOrder() {
        Node second = new Node();
        Backbone sender = join("first", new Node());
        join("second", second);
        awaitOther(sender);
        List<String> texts =
                IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
        texts.forEach(text -> sender.broadcast(() -> bytes(text)));
        await().until(() -> second.parcels.size() == texts.size());
        assertEquals(texts, second.texts());
    }

    @Test
    void signalsMakeParcelsArriveWithoutPolling() {
        Node second = new Node();
        PostgresqlBackbone.Timing patient =
                new PostgresqlBackbone.Timing(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofHours(1));
        List<Backbone> nodes = new ArrayList<>();
        for (Node node : List.of(new Node(), second)) {
            Wakeup wakeup = new PostgresqlWakeup(database(), "veche_test_mail", Thread::new);
            Backbone backbone = new PostgresqlBackbone(database(), wakeup, patient, Thread::new, "node");
            opened.add(backbone);
            nodes.add(backbone);
            backbone.listen(node);
        }
        nodes.forEach(PostgresqlBackboneTest::awaitOther);
        nodes.get(0).broadcast(() -> bytes("parcel"));
        await().until(() -> second.texts().equals(List.of("parcel")));
    }

    @Test
    void aParcelMayBeLargerThanARow() {
        Node second = new Node();
        Backbone sender = join("first", new Node());
        join("second", second);
        awaitOther(sender);
        byte[] large = new byte[1 << 20];
        large[large.length - 1] = 1;
        sender.broadcast(() -> bytes("before"));
        sender.broadcast(() -> large);
        sender.broadcast(() -> bytes("after"));
        await().until(() -> second.parcels.size() == 3);
        assertArrayEquals(large, second.parcels.get(1));
    }

    @Test
    void aNodeThatEndsIsLost() {
        Node first = new Node();
        join("first", first);
        Backbone second = join("second", new Node());
        await().until(() -> first.joined.size() == 1);
        second.close();
        await().until(() -> first.lost.equals(first.joined));
    }

    @Test
    void aNodeThatCannotReachTheDatabaseIsLostAndJoinsAnew() {
        Node first = new Node();
        Node second = new Node();
        Backbone patient = join("first", first);
        AtomicBoolean broken = new AtomicBoolean();
        Backbone suspended = join(failing(broken), Wakeup.NONE, "second", second);
        awaitOther(patient);
        awaitOther(suspended);
        broken.set(true);
        await().until(() -> first.lost.size() == 1);
        broken.set(false);
        await().until(() -> first.joined.size() == 2);
        assertNotEquals(first.joined.get(0), first.joined.get(1));
        await().until(() -> second.lost.size() == 1 && suspended.others().size() == 1);
        suspended.broadcast(() -> bytes("again"));
        await().until(() -> first.texts().equals(List.of("again")));
    }

    @Test
    void aNodeThatMissesParcelsReceivesTheStateAgain() throws SQLException {
        Node first = new Node();
        Node second = new Node();
        Backbone sender = join("first", first);
        Backbone receiver = join("second", second);
        awaitOther(sender);
        awaitOther(receiver);
        int before = first.joined.size();
        try (Connection connection = database().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO veche_mail (target, sender, ordinal, parcels) VALUES (?, ?, 7, '')")) {
            insert.setObject(1, sender.others().iterator().next().incarnation());
            insert.setObject(2, receiver.others().iterator().next().incarnation());
            insert.executeUpdate();
        }
        await().until(() -> first.joined.size() > before);
    }

    @Test
    void nodesSeeEachOthersReports() {
        Backbone watching = join("first", new Node());
        Backbone reporting = join("second", new Node());
        awaitOther(watching);
        reporting.report(() -> new NodeReport("1.2.0", NodeReport.State.RUNNING, "{\"connections\": 3}"));
        await().until(() -> watching.nodes().get(0).report().figures().equals("{\"connections\": 3}"));
        Instant started = watching.nodes().get(0).started();
        reporting.report(() -> new NodeReport("1.2.0", NodeReport.State.DRAINING, "{}"));
        await().until(() -> watching.nodes().get(0).report().state() == NodeReport.State.DRAINING);
        ClusterNode seen = watching.nodes().get(0);
        assertEquals("second 1.2.0", seen.id().name() + " " + seen.report().version());
        assertEquals(started, seen.started());
        reporting.close();
        await().until(() -> watching.nodes().isEmpty());
    }

    @Test
    void aNodeOfAnEarlierVersionAndOneOfALaterVersionAreSeen() throws SQLException {
        Backbone watching = join("first", new Node());
        String insert = "INSERT INTO veche_node (incarnation, name, seen";
        String values = " VALUES (gen_random_uuid(), '%s', clock_timestamp() + interval '1 hour'";
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(insert + ")" + values.formatted("earlier") + ")");
            statement.execute(insert + ", version, state)" + values.formatted("later") + ", '9', 'resting')");
            await().until(() -> watching.nodes().stream()
                    .map(ClusterNode::report)
                    .toList()
                    .equals(List.of(NodeReport.EMPTY, new NodeReport("9", NodeReport.State.RUNNING, "{}"))));
            statement.execute("DELETE FROM veche_node WHERE name IN ('earlier', 'later')");
        }
    }

    @Test
    void itemsThatOnlyALaterVersionKnowsAreIgnored() {
        Neighbour neighbour = new Neighbour(new NodeId(UUID.randomUUID(), "node"));
        neighbour.add(bytes("parcel"));
        byte[] row = neighbour.pack();
        ByteBuffer rows = ByteBuffer.allocate(2 * row.length).put(row).put(row).flip();
        rows.put(Integer.BYTES, (byte) 9); // the kind of the first
        List<String> unpacked = new ArrayList<>();
        Neighbour.unpack(
                rows, (isRequest, content) -> unpacked.add(isRequest + new String(content, StandardCharsets.UTF_8)));
        assertEquals(List.of("falseparcel"), unpacked);
    }

    /** A database to which connections fail while {@code broken}, those in use as well. */
    private static DataSource failing(AtomicBoolean broken) {
        return InterceptedCalls.of(DataSource.class, database(), (method, call) -> {
            fail(broken, method);
            return method.equals("getConnection") ? failing((Connection) call.result(), broken) : call.result();
        });
    }

    private static Connection failing(Connection connection, AtomicBoolean broken) {
        return InterceptedCalls.of(Connection.class, connection, (method, call) -> {
            fail(broken, method);
            return call.result();
        });
    }

    private static void fail(AtomicBoolean broken, String method) throws SQLException {
        if (broken.get() && !method.equals("close")) {
            throw new SQLException("The database cannot be reached");
        }
    }
}
