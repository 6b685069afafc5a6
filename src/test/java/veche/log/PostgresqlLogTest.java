package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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

class PostgresqlLogTest extends LastingLogContract {
    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "", limits);
    }

    @Test
    void aGivenDataSourceWillDo() throws Exception {
        try (MessageLog log = Logs.postgresql(Postgres.server().getPostgresDatabase(), LogLimits.DEFAULT)) {
            log.listen(listener);
            Message said = get(log.append(room, keyed(ANNA, "one", "k"))).message();
            assertEquals(List.of(said), get(log.after(room, 0, 10)));
        }
    }

    @Test
    void aDatabaseThatHoldsOtherTablesIsTaken() throws Exception {
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
    void aFileOfTheVersionBeforeHasItsTextAndNoName() throws Exception {
        try (Connection connection = DriverManager.getConnection(Postgres.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE earlier");
        }
        String url = Postgres.server().getJdbcUrl("postgres", "earlier");
        assertAFileOutlivesTheUpdate(
                () -> Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT),
                () -> DriverManager.getConnection(url, "postgres", ""));
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedAtOnce() {
        String nowhere = Postgres.server().getJdbcUrl("postgres", "nowhere");
        var failure = assertThrows(
                IllegalStateException.class, () -> Logs.postgresql(nowhere, "postgres", "", LogLimits.DEFAULT));
        assertTrue(failure.getMessage().contains("nowhere"), failure::getMessage);
    }

    @Test
    void twoNodesSayingMuchInManyRoomsHearOneAndTheSameOrder() throws Exception {
        RecordingListener there = new RecordingListener();
        List<RoomName> rooms = IntStream.range(0, 20)
                .mapToObj(i -> new RoomName(i + "-" + room.value().substring(20)))
                .toList();
        QueuedLog here = (QueuedLog) open();
        try (QueuedLog node = (QueuedLog) log(LogLimits.DEFAULT)) {
            node.listen(there);
            for (RoomName name : rooms) {
                get(here.open(name));
                get(node.open(name));
            }
            List<CompletionStage<Appended>> said = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                // One goes through the rooms upwards, the other downwards: what would deadlock without an order.
                said.add(here.append(rooms.get(i % 20), Draft.text(ANNA, "" + i)));
                said.add(node.append(rooms.get(19 - i % 20), Draft.text(BORIS, "" + i)));
            }
            for (CompletionStage<Appended> stage : said) {
                get(stage);
            }
            for (RoomName name : rooms) {
                here.poll(name);
                node.poll(name);
                get(here.open(name));
                get(node.open(name));
                assertEquals(upTo(400), listener.positions(name));
                assertEquals(listener.messages(name), there.messages(name));
            }
        }
    }

    @Test
    void aKeyIsKnownToEveryNode() throws Exception {
        MessageLog here = open();
        try (MessageLog node = log(LogLimits.DEFAULT)) {
            node.listen(new RecordingListener());
            Message first = get(node.append(room, keyed(ANNA, "one", "k"))).message();
            assertEquals(first, get(here.append(room, keyed(ANNA, "one", "k"))).message());
        }
    }

    @Test
    void lostConnectionsAreReplacedAndNothingIsLost() throws Exception {
        MessageLog log = open();
        say(log, 10);
        terminateConnections();
        await().ignoreExceptions().until(() -> get(log.append(room, Draft.text(ANNA, "after"))) != null);
        await().ignoreExceptions().until(() -> !get(log.after(room, 10, 10)).isEmpty());
        List<Long> heard = listener.positions(room);
        assertEquals(upTo(heard.size()), heard);
        assertEquals(heard, positions(get(log.after(room, 0, 100))));
    }

    private static void terminateConnections() throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'veche'");
        }
    }
}
