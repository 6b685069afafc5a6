package veche.log.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.Postgres;
import veche.room.cluster.Backbone;
import veche.room.cluster.BackboneContract;
import veche.room.cluster.ClusterNode;
import veche.room.cluster.NodeReport;
import veche.room.cluster.RecordingNode;

class PostgresqlBackboneTest extends BackboneContract {
    private static final PostgresqlBackbone.Timing FAST =
            new PostgresqlBackbone.Timing(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(20));

    @BeforeAll
    static void createTables() {
        Logs.postgresql(Postgres.url(), "postgres", "", LogLimits.DEFAULT).close();
    }

    @Override
    protected Backbone create(String name, AtomicBoolean suspended, ThreadFactory factory) {
        return new PostgresqlBackbone(SuspendableDatabase.of(suspended), Wakeup.NONE, FAST, factory, name);
    }

    private static DataSource database() {
        return Postgres.server().getPostgresDatabase();
    }

    @Test
    void signalsMakeParcelsArriveWithoutPolling() {
        RecordingNode second = new RecordingNode();
        PostgresqlBackbone.Timing patient =
                new PostgresqlBackbone.Timing(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofHours(1));
        List<Backbone> nodes = List.of(new RecordingNode(), second).stream()
                .map(node -> join(
                        new PostgresqlBackbone(
                                database(),
                                new PostgresqlWakeup(database(), "veche_test_mail", this::thread),
                                patient,
                                this::thread,
                                "node"),
                        node))
                .toList();
        nodes.forEach(this::awaitOther);
        nodes.get(0).broadcast(() -> bytes("parcel"));
        await().until(() -> second.texts().equals(List.of("parcel")));
    }

    @Test
    void aNodeThatMissesParcelsReceivesTheStateAgain() throws SQLException {
        RecordingNode first = new RecordingNode();
        Backbone sender = join("first", first);
        Backbone receiver = join("second", new RecordingNode());
        awaitOther(sender);
        awaitOther(receiver);
        int before = first.joined().size();
        try (Connection connection = database().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO veche_mail (target, sender, ordinal, parcels) VALUES (?, ?, 7, '')")) {
            insert.setObject(1, sender.others().iterator().next().incarnation());
            insert.setObject(2, receiver.others().iterator().next().incarnation());
            insert.executeUpdate();
        }
        await().until(() -> first.joined().size() > before);
    }

    @Test
    void nodesSeeEachOthersReports() {
        Backbone watching = join("first", new RecordingNode());
        Backbone reporting = join("second", new RecordingNode());
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
        Backbone watching = join("first", new RecordingNode());
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
        byte[] row = ParcelItem.pack(new ArrayDeque<>(List.of(ParcelItem.parcel(bytes("parcel")))), 100);
        ByteBuffer rows = ByteBuffer.allocate(2 * row.length).put(row).put(row).flip();
        rows.put(Integer.BYTES, (byte) 99); // the kind of the first
        assertEquals(
                List.of("parcel"),
                ParcelItem.unpack(rows).stream()
                        .map(item -> new String(item.content(), StandardCharsets.UTF_8))
                        .toList());
    }
}
