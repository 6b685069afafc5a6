package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;
import veche.room.RoomName;

class PostgresqlLogTest extends DurableLogContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "", limits);
    }

    @Test
    void aDataSourceMayBeGiven() throws Exception {
        try (MessageLog log = Logs.postgresql(Postgres.server().getPostgresDatabase(), LogLimits.DEFAULT)) {
            log.listen(listener);
            Message appended = get(log.append(room, keyed(ANNA, "one", "k"))).message();
            assertEquals(List.of(appended), get(log.after(room, 0, 10)));
        }
    }

    @Test
    void aDatabaseWithOtherTablesIsAccepted() throws Exception {
        try (Connection connection = DriverManager.getConnection(Postgres.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE shop");
        }
        String url = Postgres.server().getJdbcUrl("postgres", "shop");
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE message (id INTEGER)");
        }
        try (MessageLog log = Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT)) {
            log.listen(listener);
            assertEquals(0, get(log.open(room)).last());
        }
    }

    @Test
    void aFileOfThePreviousVersionHasItsTextAndNoName() throws Exception {
        try (Connection connection = DriverManager.getConnection(Postgres.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE earlier");
        }
        String url = Postgres.server().getJdbcUrl("postgres", "earlier");
        assertAFileSurvivesTheMigration(
                () -> Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT),
                () -> DriverManager.getConnection(url, "postgres", ""));
    }

    @Test
    void aMissingDatabaseIsReportedAtOnce() {
        String nowhere = Postgres.server().getJdbcUrl("postgres", "nowhere");
        var failure = assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThrows(
                        IllegalStateException.class,
                        () -> Logs.postgresql(nowhere, "postgres", "", LogLimits.DEFAULT)));
        assertTrue(failure.getMessage().contains("nowhere"), failure::getMessage);
    }

    @Test
    void twoNodesThatAppendToManyRoomsDeliverTheSameOrder() throws Exception {
        RecordingListener nodeListener = new RecordingListener();
        List<RoomName> rooms = IntStream.range(0, 20)
                .mapToObj(i -> new RoomName(i + "-" + room.value().substring(20)))
                .toList();
        QueuedLog own = (QueuedLog) open();
        try (QueuedLog node = (QueuedLog) log(LogLimits.DEFAULT)) {
            node.listen(nodeListener);
            for (RoomName name : rooms) {
                get(own.open(name));
                get(node.open(name));
            }
            List<CompletionStage<Appended>> stages = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                // Opposite orders of rooms, which would deadlock if transactions locked rooms in the order of messages.
                stages.add(own.append(rooms.get(i % 20), Draft.text(ANNA, "" + i)));
                stages.add(node.append(rooms.get(19 - i % 20), Draft.text(BORIS, "" + i)));
            }
            for (CompletionStage<Appended> stage : stages) {
                get(stage);
            }
            for (RoomName name : rooms) {
                get(own.refresh());
                get(node.refresh());
                assertEquals(upTo(400), listener.positions(name));
                assertEquals(listener.messages(name), nodeListener.messages(name));
            }
        }
    }

    @Test
    void aKeyIsRecognizedByEveryNode() throws Exception {
        MessageLog own = open();
        try (MessageLog node = log(LogLimits.DEFAULT)) {
            node.listen(new RecordingListener());
            Message first = get(node.append(room, keyed(ANNA, "one", "k"))).message();
            assertEquals(first, get(own.append(room, keyed(ANNA, "one", "k"))).message());
        }
    }

    @Test
    void lostConnectionsAreReplacedWithoutLosingMessages() throws Exception {
        MessageLog log = open();
        append(log, 10);
        terminateConnections();
        await().ignoreExceptions().until(() -> get(log.append(room, Draft.text(ANNA, "after"))) != null);
        await().ignoreExceptions().until(() -> !get(log.after(room, 10, 10)).isEmpty());
        List<Long> delivered = listener.positions(room);
        assertEquals(upTo(delivered.size()), delivered);
        assertEquals(delivered, positions(get(log.after(room, 0, 100))));
    }

    @Test
    void aNodeThatIsSuspendedInATransactionDelaysTheWritesOfOthersWithoutRefusingThem() throws Exception {
        MessageLog log = open();
        append(log, 1);
        try (Connection suspended = DriverManager.getConnection(Postgres.url(), "postgres", "")) {
            new PostgresqlSql().begin(suspended);
            lock(suspended, room);
            assertEquals(
                    2,
                    get(log.append(room, Draft.text(ANNA, "after")))
                            .message()
                            .position()
                            .number());
        }
    }

    /** As the transaction of a node that writes to the room. */
    static void lock(Connection connection, RoomName room) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT id FROM veche_room WHERE name = '" + room.value() + "' FOR UPDATE");
        }
    }

    private static void terminateConnections() throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'veche'");
        }
    }
}
