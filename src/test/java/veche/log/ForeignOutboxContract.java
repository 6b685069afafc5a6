package veche.log;

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
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import veche.api.Outbox;
import veche.api.OutboxMessage;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;

/** An outbox in a database other than the log's, which is in memory. */
abstract class ForeignOutboxContract extends LogFixture {
    private final FlakyDataSource database = new FlakyDataSource(this::connect);

    private OutboxMessage.From shop;

    /** A connection of the application. */
    abstract Connection connect() throws SQLException;

    /** Creates an empty table by the script that is documented. */
    abstract void createTable() throws Exception;

    @BeforeEach
    void create() throws Exception {
        createTable();
        shop = OutboxMessage.to(room.value()).from("server:shop", "Shop");
    }

    @Override
    MessageLog log(LogLimits limits) {
        return relaying(database, limits);
    }

    private static MessageLog relaying(DataSource outbox, LogLimits limits) {
        MessageLog log = Logs.memory(limits);
        Logs.relay(log, outbox);
        return log;
    }

    private void publish(OutboxMessage... messages) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (OutboxMessage message : messages) {
                Outbox.on(connection).publish(message);
            }
            connection.commit();
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(MessageLog log) throws Exception {
        return get(log.after(room, 0, 10_000)).stream().map(Message::text).toList();
    }

    private void awaitEmpty() {
        await().until(() -> "0".equals(query("SELECT count(*) FROM veche_outbox")));
    }

    @Test
    void whatIsCommittedIsDeliveredInItsOrderAndRemoved() throws Exception {
        MessageLog log = open();
        get(log.open(room));
        List<String> expected =
                IntStream.range(0, 2_500).mapToObj(i -> "text " + i).toList();
        publish(expected.stream().map(shop::text).toArray(OutboxMessage[]::new));
        await().until(() -> listener.messages(room).size() == expected.size());
        assertEquals(expected, texts(log));
        awaitEmpty();
        assertEquals(2_500, log.outbox().delivered());
        assertEquals(Optional.of(true), log.outbox().reachable());
    }

    @Test
    void allKindsOfMessagesAreDelivered() throws Exception {
        MessageLog log = open();
        UUID first =
                get(log.append(room, Draft.text(ANNA, "Order 7"))).message().id();
        publish(
                shop.file("bill.pdf", new byte[] {1, 2, 3}, "The bill"),
                shop.reaction(first, "👍"),
                shop.edit(first, "Order 7: shipped"));
        awaitEmpty();
        List<Message> messages = get(log.after(room, 0, 10));
        assertEquals(
                List.of(Kind.TEXT, Kind.FILE, Kind.REACTION, Kind.EDIT),
                messages.stream().map(Message::kind).toList());
        assertEquals(3, messages.get(1).data().remaining());
        assertEquals(first, messages.get(3).target());
    }

    @Test
    void aRowThatIsReadAgainAddsNoSecondMessage() throws Exception {
        MessageLog log = open();
        database.failAtDelete(3);
        publish(shop.text("one"), shop.text("two"));
        awaitEmpty();
        assertEquals(0, database.failures());
        assertEquals(List.of("one", "two"), texts(log));
    }

    @Test
    void severalReadersDeliverEachMessageOnce() throws Exception {
        MessageLog log = open();
        QueuedLog shared = (QueuedLog) log;
        ForeignOutbox second = new ForeignOutbox(database, LogLimits.DEFAULT, new LogThreads(), shared::relay);
        second.start();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            expected.add("text " + i);
            publish(shop.text("text " + i));
        }
        awaitEmpty();
        second.close();
        assertEquals(expected, texts(log));
    }

    @Test
    void anOutageOfTheDatabaseIsReportedAndOverWhenItAnswers() throws Exception {
        MessageLog log = open();
        database.interrupt(true);
        await().until(() -> log.outbox().reachable().equals(Optional.of(false)));
        publish(shop.text("late"));
        database.interrupt(false);
        await().until(() -> texts(log).equals(List.of("late")));
        await().until(() -> log.outbox().reachable().equals(Optional.of(true)));
    }

    @Test
    void aRowThatIsNoMessageIsMarkedAndDelaysNoOther() throws Exception {
        MessageLog log = open();
        publish(shop.edit(UUID.randomUUID(), "late"), shop.text("good"));
        await().until(() -> texts(log).equals(List.of("good")));
        await().until(() -> query("SELECT refused FROM veche_outbox") != null);
        assertTrue(query("SELECT refused FROM veche_outbox").contains("has no message"));
        assertEquals(1, log.outbox().refused());
    }

    @Test
    void theKeyOfTheApplicationIsKept() throws Exception {
        MessageLog log = open();
        for (int i = 0; i < 3; i++) {
            publish(shop.text("Order 7").withIdempotencyKey("order-7"));
        }
        awaitEmpty();
        assertEquals(List.of("Order 7"), texts(log));
        assertEquals("order-7", get(log.after(room, 0, 1)).get(0).key());
    }

    @Test
    void aLogThatIsFullLetsRowsWait() throws Exception {
        MessageLog log = open(new LogLimits(
                LogLimits.Writes.DEFAULT,
                LogLimits.Reads.DEFAULT,
                keeping(Duration.ofDays(30), 0).retention(),
                new LogLimits.Disk(1, 0),
                LogLimits.Cluster.DEFAULT,
                LogLimits.Outbox.DEFAULT));
        log.append(other, Draft.text(ANNA, "fills it"));
        // It is measured repeatedly, the first time perhaps before the message is stored.
        await().during(Duration.ofMillis(200)).until(() -> log.space().full());
        publish(shop.text("waits"));
        await().until(() -> database.connections() > 3);
        assertEquals("1", query("SELECT count(*) FROM veche_outbox WHERE refused IS NULL"));
        assertEquals(Optional.of(true), log.outbox().reachable());
    }
}
