package veche.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import veche.faults.Observation.Transacted.Outcome;

/** An application that publishes messages in its own transactions, of which it rolls some back. */
final class OutboxApplication extends FaultClient {
    private static final int PAUSE_MILLIS = 40;
    private static final int STAY = 200;
    private static final int MAX_ROWS = 4;
    /** One of so many transactions is rolled back. */
    private static final int ROLLED_BACK = 5;
    /** The classes of SQLSTATE after which COMMIT has failed: conflicts, resources, locks, an aborted transaction. */
    private static final Set<String> DEFINITE = Set.of("23", "25", "40", "53", "55");

    private int count;

    OutboxApplication(FaultLoad load, String user) {
        super(load, user);
    }

    @Override
    void connect(String link, int node) throws IOException, InterruptedException {
        try (Connection connection =
                FaultyDatabase.connect(load().cluster().applications().port())) {
            connection.setAutoCommit(false);
            for (int i = 0; i < STAY && !hasEnded(); i++) {
                transact(connection);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }

    private void transact(Connection connection) throws SQLException {
        List<String> keys = new ArrayList<>();
        Outcome outcome = Outcome.ROLLED_BACK;
        try {
            int rows = 1 + random().nextInt(MAX_ROWS);
            for (int i = 0; i < rows; i++) {
                keys.add(user() + "-" + ++count);
                insert(connection, keys.get(i));
            }
            if (random().nextInt(ROLLED_BACK) == 0) {
                connection.rollback();
            } else {
                outcome = Outcome.UNKNOWN;
                connection.commit();
                outcome = Outcome.COMMITTED;
            }
        } catch (SQLException failure) {
            String state = failure.getSQLState();
            if (state != null && DEFINITE.contains(state.substring(0, 2))) {
                outcome = Outcome.ROLLED_BACK;
            }
            throw failure;
        } finally {
            history().add(new Observation.Transacted(List.copyOf(keys), user(), outcome, System.nanoTime()));
        }
    }

    private void insert(Connection connection, String key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO veche_outbox (room, author_id, author_name, text) VALUES (?, ?, ?, ?)")) {
            insert.setString(
                    1, load().rooms().get(random().nextInt(load().rooms().size())));
            insert.setString(2, "server:" + user());
            insert.setString(3, user());
            insert.setString(4, key);
            insert.executeUpdate();
        }
    }

    /** Breaks the connections of all applications. */
    @Override
    void reset() {
        load().cluster().applications().reset();
    }
}
