package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.room.Message;
import veche.room.MessageLog;

class PostgresqlOutboxTest extends OutboxContract {
    private static final String URL = Postgres.server().getJdbcUrl("postgres", "outbox");

    /** Of its own, since other tests measure the size of theirs. */
    @BeforeAll
    static void createDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE outbox");
        }
    }

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(URL, "postgres", "", limits);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(URL);
    }

    @AfterEach
    void removeRows() throws SQLException {
        execute("DELETE FROM veche_outbox");
    }

    @Test
    void theOrderIsThatOfTheCommits() throws Exception {
        MessageLog log = open();
        try (Connection first = begin();
                Connection second = begin()) {
            publish(first, room, "inserted first");
            publish(second, room, "committed first");
            second.commit();
            await().until(() -> texts(log, room).equals(List.of("committed first")));
            first.commit();
        }
        await().until(() -> texts(log, room).equals(List.of("committed first", "inserted first")));
    }

    @Test
    void aTransactionThatStaysOpenDelaysNoOther() throws Exception {
        MessageLog log = open();
        try (Connection idle = begin()) {
            publish(idle, room, "late");
            for (int i = 0; i < 3; i++) {
                insert("text", "'" + i + "'");
            }
            await().until(() -> texts(log, room).equals(List.of("0", "1", "2")));
            idle.rollback();
        }
    }

    @Test
    void whatIsRolledBackToASavepointIsNeverDelivered() throws Exception {
        MessageLog log = open();
        try (Connection connection = begin()) {
            publish(connection, room, "kept");
            Savepoint savepoint = connection.setSavepoint();
            publish(connection, room, "undone");
            connection.rollback(savepoint);
            publish(connection, room, "also kept");
            connection.commit();
        }
        await().until(() -> texts(log, room).equals(List.of("kept", "also kept")));
    }

    @Test
    void aPreparedTransactionIsDeliveredWhenItIsCommitted() throws Exception {
        MessageLog log = open();
        String committed = "a-" + room;
        String rolledBack = "b-" + room;
        try (Connection connection = begin();
                Statement statement = connection.createStatement()) {
            publish(connection, room, "prepared");
            statement.execute("PREPARE TRANSACTION '" + committed + "'");
        }
        execute("COMMIT PREPARED '" + committed + "'");
        try (Connection connection = begin();
                Statement statement = connection.createStatement()) {
            publish(connection, room, "prepared, rolled back");
            statement.execute("PREPARE TRANSACTION '" + rolledBack + "'");
        }
        execute("ROLLBACK PREPARED '" + rolledBack + "'");
        insert("text", "'last'");
        await().until(() -> texts(log, room).equals(List.of("prepared", "last")));
    }

    @Test
    void anApplicationNeedsThePrivilegeToInsertOnly() throws Exception {
        MessageLog log = open();
        execute("CREATE ROLE shop LOGIN");
        execute("GRANT INSERT (room, author_id, author_name, kind, text, name, data, target, idempotency_key)"
                + " ON veche_outbox TO shop");
        try (Connection shop = DriverManager.getConnection(URL.replaceAll("\\?.*", ""), "shop", "")) {
            publish(shop, room, "shipped");
            Statement statement = shop.createStatement();
            assertThrows(SQLException.class, () -> statement.executeQuery("SELECT * FROM veche_message"));
            assertThrows(SQLException.class, () -> statement.executeQuery("SELECT * FROM veche_outbox"));
        }
        await().until(() -> texts(log, room).equals(List.of("shipped")));
    }

    @Test
    void severalNodesDeliverEachMessageOnceInTheOrderOfTheRoom() throws Exception {
        List<MessageLog> nodes = List.of(open(), open(), open());
        int senders = 4;
        int each = 200;
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int number = sender;
            Thread thread = new Thread(() -> {
                try (Connection connection = begin()) {
                    for (int i = 0; i < each; i++) {
                        publish(connection, i % 2 == 0 ? room : other, number + " " + i);
                        if (i % 10 == 5) {
                            connection.rollback();
                        } else {
                            connection.commit();
                        }
                    }
                } catch (SQLException e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        int committed = (int)
                (senders * IntStream.range(0, each).filter(i -> i % 10 != 5).count());
        await().until(() -> "0".equals(query("SELECT count(*) FROM veche_outbox")));
        List<Message> found = new ArrayList<>(get(nodes.get(0).after(room, 0, 1_000)));
        found.addAll(get(nodes.get(1).after(other, 0, 1_000)));
        assertEquals(committed, found.size());
        for (int sender = 0; sender < senders; sender++) {
            String prefix = sender + " ";
            for (var name : List.of(room, other)) {
                List<Integer> order = found.stream()
                        .filter(message ->
                                message.room().equals(name) && message.text().startsWith(prefix))
                        .map(message -> Integer.valueOf(message.text().substring(prefix.length())))
                        .toList();
                assertEquals(order.stream().sorted().distinct().toList(), order);
            }
        }
    }
}
