package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import veche.api.Outbox;
import veche.api.OutboxMessage;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.RoomName;

/** The outbox of each database, as an application uses it: with INSERT in transactions of its own. */
abstract class OutboxContract extends LogFixture {
    static final String INSERT = "INSERT INTO veche_outbox (room, author_id, author_name, text) VALUES (?, ?, ?, ?)";

    /** A connection of the application; the tables exist. */
    abstract Connection connect() throws SQLException;

    /** Begins a transaction. */
    Connection begin() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    static void publish(Connection connection, RoomName room, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, room.value());
            insert.setString(2, "server:shop");
            insert.setString(3, "Shop");
            insert.setString(4, text);
            insert.executeUpdate();
        }
    }

    void insert(String columns, String... values) throws SQLException {
        String sql = "INSERT INTO veche_outbox (room, author_id, author_name, " + columns + ") VALUES ('" + room
                + "', 'server:shop', 'Shop', " + String.join(", ", values) + ")";
        execute(sql);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    static List<String> texts(MessageLog log, RoomName room) throws Exception {
        return get(log.after(room, 0, 10_000)).stream().map(Message::text).toList();
    }

    private void awaitReason(String containing) {
        await().untilAsserted(() -> {
            String reason = query("SELECT refused FROM veche_outbox WHERE room = '" + room + "'");
            assertTrue(reason != null && reason.contains(containing), reason);
        });
    }

    @Test
    void whatIsCommittedIsDeliveredInItsOrderAndRemoved() throws Exception {
        MessageLog log = open();
        get(log.open(room));
        try (Connection connection = begin()) {
            for (String text : List.of("one", "two", "three")) {
                publish(connection, room, text);
            }
            connection.commit();
        }
        await().until(() -> listener.messages(room).size() == 3);
        assertEquals(List.of("one", "two", "three"), texts(log, room));
        assertEquals(
                new Author("server:shop", "Shop"),
                listener.messages(room).get(0).author());
        assertEquals("0", query("SELECT count(*) FROM veche_outbox"));
        assertEquals(3, log.outbox().delivered());
    }

    @Test
    void whatIsRolledBackIsNeverDelivered() throws Exception {
        MessageLog log = open();
        try (Connection connection = begin()) {
            publish(connection, room, "never");
            connection.rollback();
            publish(connection, room, "committed");
            connection.commit();
        }
        await().until(() -> texts(log, room).equals(List.of("committed")));
    }

    @Test
    void moreRowsThanOneTransactionMovesAreDeliveredInTheirOrder() throws Exception {
        MessageLog log = open();
        List<String> expected =
                IntStream.range(0, 2_500).mapToObj(i -> "text " + i).toList();
        try (Connection connection = begin()) {
            for (String text : expected) {
                publish(connection, room, text);
            }
            connection.commit();
        }
        await().until(() -> texts(log, room).equals(expected));
    }

    @Test
    void aMessageMayBeAFileWithACaption() throws Exception {
        MessageLog log = open();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO veche_outbox (room, author_id, author_name, kind, text, name, data)"
                                + " VALUES (?, 'server:shop', 'Shop', 'file', 'The bill', 'bill.pdf', ?)")) {
            insert.setString(1, room.value());
            insert.setBytes(2, new byte[] {1, 2, 3});
            insert.executeUpdate();
        }
        await().until(() -> !get(log.after(room, 0, 10)).isEmpty());
        Message file = get(log.after(room, 0, 10)).get(0);
        assertEquals(
                List.of("The bill", "bill.pdf", 3),
                List.of(file.text(), file.name(), file.data().remaining()));
    }

    @Test
    void aMessageMayBeChanged() throws Exception {
        MessageLog log = open();
        UUID id = get(log.append(room, Draft.text(ANNA, "Order 7"))).message().id();
        insert("kind, text, target", "'edit'", "'Order 7: shipped'", "'" + id + "'");
        await().until(() -> get(log.find(room, id)).orElseThrow().text().equals("Order 7: shipped"));
        insert("kind, target", "'delete'", "'" + id + "'");
        await().until(() -> get(log.find(room, id)).orElseThrow().isDeleted());
        insert("kind, text, target", "'edit'", "'late'", "'" + id + "'");
        awaitReason("deleted");
    }

    @Test
    void allKindsOfMessagesOfTheApiAreDelivered() throws Exception {
        MessageLog log = open();
        UUID first =
                get(log.append(room, Draft.text(ANNA, "Order 7"))).message().id();
        UUID second =
                get(log.append(room, Draft.text(ANNA, "Order 8"))).message().id();
        OutboxMessage.From shop = OutboxMessage.to(room.value()).from("server:shop", "Shop");
        try (Connection connection = begin()) {
            Outbox outbox = Outbox.on(connection);
            outbox.publish(shop.text("shipped").withIdempotencyKey("order-7"));
            outbox.publish(shop.text("shipped twice").withIdempotencyKey("order-7"));
            outbox.publish(shop.file("bill.pdf", new byte[] {1, 2, 3}, "The bill"));
            outbox.publish(shop.reaction(first, "👍"));
            outbox.publish(shop.edit(first, "Order 7: shipped"));
            outbox.publish(shop.delete(second));
            connection.commit();
        }
        await().until(() -> get(log.after(room, 0, 10)).size() == 7);
        List<Message> messages = get(log.after(room, 0, 10));
        assertEquals(
                List.of(Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.FILE, Kind.REACTION, Kind.EDIT, Kind.DELETE),
                messages.stream().map(Message::kind).toList());
        assertEquals(first, messages.get(4).target());
        assertEquals(
                "Order 7: shipped", get(log.find(room, first)).orElseThrow().text());
        assertTrue(get(log.find(room, second)).orElseThrow().isDeleted());
        assertEquals("0", query("SELECT count(*) FROM veche_outbox"));
    }

    @Test
    void aRowThatIsNoMessageIsMarkedAndDelaysNoOther() throws Exception {
        MessageLog log = open();
        insert("kind, text", "'shout'", "'x'");
        publishOther("good");
        awaitReason("There is no kind 'shout'");
        await().until(() -> texts(log, other).equals(List.of("good")));
        assertEquals(1, log.outbox().refused());
        execute("UPDATE veche_outbox SET kind = 'text', refused = NULL WHERE room = '" + room + "'");
        await().until(() -> texts(log, room).equals(List.of("x")));
    }

    private void publishOther(String text) throws SQLException {
        try (Connection connection = begin()) {
            publish(connection, other, text);
            connection.commit();
        }
    }

    @Test
    void theTargetOfAChangeMustBeInTheRoom() throws Exception {
        open();
        insert("kind, text, target", "'reaction'", "'👍'", "'" + UUID.randomUUID() + "'");
        awaitReason("has no message");
    }

    @Test
    void aTextAboveTheLimitIsRefused() throws Exception {
        open(new LogLimits(
                LogLimits.Writes.DEFAULT,
                LogLimits.Reads.DEFAULT,
                LogLimits.Retention.DEFAULT,
                LogLimits.Disk.UNLIMITED,
                LogLimits.Cluster.DEFAULT,
                new LogLimits.Outbox(Duration.ofMillis(50), 10)));
        insert("text", "'eleven char'");
        awaitReason("veche.outbox.max-bytes");
    }

    @Test
    void anInvalidNameOfARoomIsRefused() throws Exception {
        open();
        execute("INSERT INTO veche_outbox (room, author_id, author_name, text)" + " VALUES ('No Room " + room
                + "', 'server:shop', 'Shop', 'x')");
        await().until(() -> query("SELECT refused FROM veche_outbox WHERE room = 'No Room " + room + "'") != null);
    }

    @Test
    void aKeyMakesAMessageUnique() throws Exception {
        MessageLog log = open();
        for (int i = 0; i < 3; i++) {
            insert("text, idempotency_key", "'Order 7'", "'order-7'");
        }
        publishOther("last");
        await().until(() -> texts(log, other).equals(List.of("last")));
        assertEquals(List.of("Order 7"), texts(log, room));
    }

    @Test
    void messagesWrittenWhileNoLogIsOpenAreDeliveredWhenItOpens() throws Exception {
        log(LogLimits.DEFAULT).close();
        insert("text", "'early'");
        MessageLog log = open();
        await().until(() -> texts(log, room).equals(List.of("early")));
    }

    @Test
    void messagesOfClientsAndOfTheOutboxShareThePositions() throws Exception {
        MessageLog log = open();
        for (int i = 0; i < 20; i++) {
            insert("text", "'" + i + "'");
            get(log.append(room, Draft.text(ANNA, "client " + i)));
        }
        await().until(() -> get(log.after(room, 0, 100)).size() == 40);
        assertEquals(upTo(40), positions(get(log.after(room, 0, 100))));
        assertEquals(Kind.TEXT, get(log.after(room, 0, 100)).get(0).kind());
    }
}
