package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomStateStore;
import veche.room.Rooms;

/** What one node commits reaches the other nodes of a PostgreSQL database. */
class FeedTest extends LogFixture {
    private final RecordingListener elsewhere = new RecordingListener();
    private final List<MessageLog> nodes = new ArrayList<>();

    /** How the nodes learn of each other's commits. */
    enum Waking {
        SIGNALS,
        POLLING
    }

    @Override
    MessageLog log(LogLimits limits) {
        return log(limits, Waking.SIGNALS);
    }

    private MessageLog log(LogLimits limits, Waking waking) {
        return waking == Waking.SIGNALS
                ? Logs.postgresql(Postgres.url(), "postgres", "", limits)
                : Logs.postgresql(Postgres.server().getPostgresDatabase(), limits);
    }

    private MessageLog node(LogLimits limits, Waking waking) {
        MessageLog node = log(limits, waking);
        nodes.add(node);
        node.listen(elsewhere);
        return node;
    }

    private MessageLog node() {
        return node(LogLimits.DEFAULT, Waking.SIGNALS);
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(MessageLog::close);
    }

    private static Draft text(int number) {
        return Draft.text(ANNA, "" + number);
    }

    private static List<String> texts(List<Appended> appended) {
        return appended.stream().map(one -> one.message().text()).toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageReachesAnIdleRoomOfAnotherNode(Waking waking) throws Exception {
        MessageLog own = open();
        MessageLog node = node(LogLimits.DEFAULT, waking);
        assertEquals(0, get(node.open(room)).last());
        Message sent = get(own.append(room, text(0))).message();
        await().until(() -> !elsewhere.appended.isEmpty());
        assertEquals(List.of(sent), elsewhere.messages(room));
    }

    @Test
    void anAuthorsMessagesInSeveralRoomsKeepTheirOrderOnAnotherNode() throws Exception {
        MessageLog own = open();
        MessageLog node = node();
        for (RoomName name : List.of(room, other)) {
            get(own.open(name));
            get(node.open(name));
        }
        List<CompletionStage<Appended>> stages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stages.add(own.append(i % 3 == 0 ? room : other, text(i)));
            if (i % 100 == 0) {
                get(node.append(i % 200 == 0 ? room : other, Draft.text(BORIS, "boris")));
            }
        }
        for (CompletionStage<Appended> stage : stages) {
            get(stage);
        }
        get(node.refresh());
        List<Appended> annas = new ArrayList<>(elsewhere.appended);
        annas.removeIf(one -> !one.message().author().equals(ANNA));
        assertEquals(numbers(1_000), texts(annas));
        get(own.refresh());
        assertEquals(listener.positions(other), elsewhere.positions(other));
    }

    @Test
    void aRoomReceivesSeveralMessagesOfOneCommit() throws Exception {
        MessageLog own = open();
        MessageLog node = log(LogLimits.DEFAULT);
        nodes.add(node);
        Rooms rooms = new Rooms(node, new Room.Recent(256, 1 << 20));
        Room opened = get(rooms.open(room));
        List<CompletionStage<Appended>> stages =
                IntStream.range(0, 200).mapToObj(i -> own.append(room, text(i))).toList();
        for (CompletionStage<Appended> stage : stages) {
            get(stage);
        }
        await().until(() -> opened.tail() == 200);
        assertEquals(
                numbers(200),
                LongStream.rangeClosed(1, 200)
                        .mapToObj(position -> Objects.requireNonNull(opened.recent(position))
                                .message()
                                .text())
                        .toList());
    }

    /** The pause is longer than the memory of the feed, so that its entries are not read. */
    @Test
    void aRestoredDatabaseIsDetectedAfterALongPause() throws Exception {
        MemoryFeed feed = new MemoryFeed(new FaultyStorage());
        FeedReader reader = new FeedReader(feed, new DeliveryState(listener, new Incidents()), Duration.ofNanos(2));
        feed.add(FeedEntry.Kind.STATE, List.of());
        assertTrue(reader.read());
        feed.restore();
        assertFalse(reader.read());
    }

    @Test
    void aRoomOpenedDuringAppendsHasNeitherGapsNorDuplicates() throws Exception {
        MessageLog own = open();
        MessageLog node = node();
        List<CompletionStage<Appended>> stages = new ArrayList<>();
        long last = -1;
        for (int i = 0; i < 500; i++) {
            stages.add(own.append(room, text(i)));
            if (i == 250) {
                get(stages.get(100));
                last = get(node.open(room)).last();
            }
        }
        for (CompletionStage<Appended> stage : stages) {
            get(stage);
        }
        get(node.refresh());
        assertTrue(last >= 100, "the extent contains what was committed before: " + last);
        assertEquals(between(last + 1, 500), elsewhere.positions(room));
    }

    @Test
    void aNodeThatWritesDoesNotLockTheRoomsThatOthersOpen() throws Exception {
        MessageLog own = open();
        get(own.append(room, text(0)));
        MessageLog node = node();
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT * FROM veche_room WHERE name = '" + room + "' FOR UPDATE");
            assertEquals(1, get(node.open(room)).last());
            connection.rollback();
        }
    }

    @Test
    void retentionIsReportedToOtherNodes() throws Exception {
        MessageLog node = node(keeping(Duration.ZERO, 0), Waking.SIGNALS);
        get(node.open(room));
        MessageLog own = open(keeping(Duration.ofMillis(1), 0));
        get(own.append(room, text(0)));
        await().until(() -> elsewhere.trimmed.getOrDefault(room, 0L) == 2);
    }

    @Test
    void growthOfARoomThatIsNotOpenIsReported() throws Exception {
        MessageLog own = open();
        MessageLog node = node();
        get(node.refresh());
        get(own.append(room, text(0)));
        get(node.refresh());
        assertEquals(0, elsewhere.grown.get(room));
        get(own.append(room, text(1)));
        get(node.refresh());
        assertEquals(1, elsewhere.grown.get(room));
        assertEquals(List.of(), elsewhere.messages(room));
    }

    @ParameterizedTest
    @EnumSource
    void aRevocationIsReportedToOtherNodes(Waking waking) throws Exception {
        MessageLog own = open();
        node(LogLimits.DEFAULT, waking);
        await("the node has started").until(() -> get(nodes.get(0).refresh()) == null);
        int before = elsewhere.stateChanges.get();
        Instant now = Instant.now();
        get(own.stateStore().revoke(new RoomStateStore.Revocation("user:eve", null, now, now.plusSeconds(60))));
        await().until(() -> elsewhere.stateChanges.get() > before);
    }

    @Test
    void aNodeThatHasNotReadForLongComparesItsRooms() throws Exception {
        LogLimits hasty = new LogLimits(
                LogLimits.Writes.DEFAULT,
                LogLimits.Reads.DEFAULT,
                LogLimits.Retention.DEFAULT,
                LogLimits.Disk.UNLIMITED,
                new LogLimits.Cluster("node", Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofNanos(2)),
                LogLimits.Outbox.DEFAULT);
        MessageLog own = open();
        MessageLog node = node(hasty, Waking.POLLING);
        get(node.open(room));
        for (int i = 0; i < 100; i++) {
            get(own.append(room, text(i)));
        }
        await().until(() -> elsewhere.positions(room).equals(upTo(100)));
    }

    @Test
    void aDatabaseRestoredToAnEarlierStateBeginsANewEpochOnAllNodes() throws Exception {
        RecordingListener first = new RecordingListener();
        String url = database("restored");
        try (MessageLog own = Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT);
                MessageLog node = Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT)) {
            own.listen(first);
            node.listen(elsewhere);
            String former = get(node.open(room)).epoch();
            get(own.append(room, text(0)));
            get(own.append(room, text(1)));
            await().until(() -> elsewhere.positions(room).equals(upTo(2)));
            loseNewestMessage(url);
            await().until(() -> first.restarts.get() == 1 && elsewhere.restarts.get() == 1);
            MessageLog.Extent later = get(node.open(room));
            assertNotEquals(former, later.epoch());
            assertEquals(1, later.last());
            assertEquals(
                    later.epoch(),
                    get(own.append(room, text(2))).message().position().epoch());
            await().until(() -> texts(elsewhere.appended).equals(List.of("0", "1", "2")));
        }
    }

    /** The numbers of the feed that this node has seen have been assigned again when it reads for the next time. */
    @Test
    void aRestoredDatabaseIsDetectedAlsoIfAnotherNodeHasWrittenSince() throws Exception {
        RecordingListener first = new RecordingListener();
        String url = database("rewritten");
        try (MessageLog own = Logs.postgresql(url, "postgres", "", polling(Duration.ofDays(1)))) {
            own.listen(first);
            String former = get(own.open(room)).epoch();
            get(own.append(room, text(0)));
            get(own.append(room, text(1)));
            loseNewestMessage(url);
            try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE veche_log SET epoch = 'another'");
            }
            try (MessageLog node = Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT)) {
                node.listen(elsewhere);
                get(node.append(room, text(2)));
                get(node.append(room, text(3)));
            }
            get(own.refresh().handle((done, failure) -> true));
            await().until(() -> first.restarts.get() == 1);
            MessageLog.Extent later = get(own.open(room));
            assertEquals(List.of("another", 3L), List.of(later.epoch(), later.last()));
            assertNotEquals(former, later.epoch());
        }
    }

    @Test
    void aNodeDoesNotWriteToARestoredDatabase() throws Exception {
        RecordingListener first = new RecordingListener();
        String url = database("unwritten");
        try (MessageLog own = Logs.postgresql(url, "postgres", "", polling(Duration.ofDays(1)))) {
            own.listen(first);
            get(own.append(room, text(0)));
            get(own.append(room, text(1)));
            loseNewestMessage(url);
            assertThrows(ExecutionException.class, () -> get(own.append(room, text(2))));
            await().until(() -> first.restarts.get() == 1);
            assertEquals(1, get(own.open(room)).last());
        }
    }

    private static String database(String name) throws SQLException {
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Postgres.server().getJdbcUrl("postgres", name);
    }

    /** As an asynchronous standby lacks it that was promoted too early. */
    private static void loseNewestMessage(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM veche_message WHERE position = 2");
            statement.execute("UPDATE veche_room SET last_position = 1");
            statement.execute("DELETE FROM veche_feed WHERE number = (SELECT max(number) FROM veche_feed)");
            statement.execute("SELECT setval('veche_feed_number', (SELECT max(number) FROM veche_feed))");
        }
    }

    /** Nodes that read the feed with their commits only. */
    private static LogLimits polling(Duration interval) {
        LogLimits limits = LogLimits.DEFAULT;
        return new LogLimits(
                limits.writes(),
                limits.reads(),
                limits.retention(),
                limits.disk(),
                new LogLimits.Cluster(
                        "node", interval, interval, limits.cluster().memory()),
                limits.outbox());
    }

    @Test
    void oldEntriesAreDeleted() throws Exception {
        LogLimits hasty = keeping(Duration.ZERO, 0);
        MessageLog own = open(new LogLimits(
                hasty.writes(),
                hasty.reads(),
                hasty.retention(),
                hasty.disk(),
                new LogLimits.Cluster("node", Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(1)),
                LogLimits.Outbox.DEFAULT));
        get(own.append(room, text(0)));
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection()) {
            await().until(() -> Sql.number(connection, "SELECT count(*) FROM veche_feed") == 0);
        }
    }

    @Test
    void noCommitIsMissedWhateverTheOrderOfCommits() throws Exception {
        MessageLog reader = node();
        List<RoomName> rooms = IntStream.range(0, 8)
                .mapToObj(i -> new RoomName(i + "-" + room.value().substring(20)))
                .toList();
        for (RoomName name : rooms) {
            get(reader.open(name));
        }
        List<CompletionStage<Appended>> stages = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            MessageLog log = open();
            for (int i = 0; i < 400; i++) {
                stages.add(log.append(rooms.get((i + writer) % rooms.size()), text(i)));
            }
        }
        for (CompletionStage<Appended> stage : stages) {
            get(stage);
        }
        get(reader.refresh());
        for (RoomName name : rooms) {
            assertEquals(upTo(200), elsewhere.positions(name));
        }
    }
}
