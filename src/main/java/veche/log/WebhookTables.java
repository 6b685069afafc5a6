package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The tables {@code veche_webhook*}. The statements are those of both databases, except for the clock. */
final class WebhookTables implements WebhookStore {
    private static final String CURSOR = "veche_webhook_cursor";
    private static final String POSITION = "coalesce(c.position, " + UNANNOUNCED + ")";
    private static final String ROOMS =
            " FROM veche_room r LEFT JOIN " + CURSOR + " c ON c.stream = r.id WHERE r.last_position > 0";
    private static final String ACTIONS = " FROM (SELECT coalesce(max(number), 0) AS last_position FROM veche_ruling) r"
            + " LEFT JOIN " + CURSOR + " c ON c.stream = " + MODERATION + " WHERE r.last_position > ";

    private final Sql sql;
    private final DataSource writer;
    private final DataSource readers;
    private final boolean shared;
    private final Incidents incidents = new Incidents();

    /** @param shared whether other nodes use the database, too */
    WebhookTables(Sql sql, DataSource writer, DataSource readers, boolean shared) {
        this.sql = sql;
        this.writer = writer;
        this.readers = readers;
        this.shared = shared;
    }

    private <T> T run(DataSource source, JdbcStorage.Query<T> query) {
        try {
            return JdbcStorage.query(sql, source, query);
        } catch (StorageException e) {
            throw incidents.unavailable(e);
        }
    }

    private int update(String statement, Object... parameters) {
        return run(writer, connection -> update(connection, statement, parameters));
    }

    private static int update(Connection connection, String statement, Object... parameters) throws SQLException {
        try (PreparedStatement update = prepare(connection, statement, List.of(parameters))) {
            return update.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String statement, List<?> parameters)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int i = 0; i < parameters.size(); i++) {
            prepared.setObject(i + 1, parameters.get(i));
        }
        return prepared;
    }

    private <T> T transaction(JdbcStorage.Query<T> change) {
        return run(writer, connection -> {
            sql.begin(connection);
            try {
                T result = change.run(connection);
                sql.commit(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                sql.rollback(connection);
                throw e;
            }
        });
    }

    @Override
    public void begin(Selection selection) {
        String rooms = String.join(",", selection.rooms());
        long messages = selection.messages() ? 1 : 0;
        int unused = transaction(connection -> {
            int created = update(
                    connection,
                    "INSERT INTO veche_webhook (one, rooms, messages) VALUES (1, ?, ?) ON CONFLICT (one) DO NOTHING",
                    rooms,
                    messages);
            boolean resumed = messages
                    > Sql.number(connection, "SELECT messages FROM veche_webhook" + (shared ? " FOR UPDATE" : ""));
            int changed = update(
                    connection,
                    "UPDATE veche_webhook SET rooms = ?, messages = ? WHERE rooms <> ? OR messages <> ?",
                    rooms,
                    messages,
                    rooms,
                    messages);
            if (created + changed > 0) {
                skipPast(connection, resumed);
            }
            return changed;
        });
    }

    /** @param all whether the streams that have a cursor are skipped, too */
    private static void skipPast(Connection connection, boolean all) throws SQLException {
        String conflict = all ? "DO UPDATE SET position = excluded.position, attempts = 0" : "DO NOTHING";
        update(
                connection,
                "INSERT INTO " + CURSOR + " (stream, position) SELECT id, last_position FROM veche_room"
                        + " WHERE last_position > 0 ON CONFLICT (stream) " + conflict);
        update(
                connection,
                "INSERT INTO " + CURSOR + " (stream, position) SELECT " + MODERATION
                        + ", coalesce(max(number), 0) FROM veche_ruling WHERE true ON CONFLICT (stream) DO NOTHING");
    }

    @Override
    public boolean lease(String holder, Duration duration) {
        return !shared
                || update(
                                "UPDATE veche_webhook SET holder = ?, held_until_ms = " + sql.presentMillis()
                                        + " + ? WHERE holder = ? OR held_until_ms < " + sql.presentMillis(),
                                holder,
                                duration.toMillis(),
                                holder)
                        > 0;
    }

    @Override
    public void release(String holder) {
        int unused = update("UPDATE veche_webhook SET held_until_ms = 0 WHERE holder = ?", holder);
    }

    @Override
    public List<Part> due(Selection selection, int limit) {
        String now = " AND coalesce(c.next_ms, 0) <= " + sql.presentMillis();
        List<Part> found = new ArrayList<>();
        if (selection.moderation()) {
            found.addAll(parts(MODERATION + ", ''", ACTIONS + "coalesce(c.position, 0)" + now, List.of()));
        }
        if (selection.hasRooms()) {
            List<Object> parameters = patterns(selection);
            parameters.add(limit);
            found.addAll(parts(
                    "r.id, r.name",
                    rooms(selection) + now + " ORDER BY coalesce(c.next_ms, 0), r.id LIMIT ?",
                    parameters));
        }
        return found;
    }

    private static String rooms(Selection selection) {
        String names = selection.rooms().stream()
                .map(pattern -> "r.name LIKE ? ESCAPE '!'")
                .collect(Collectors.joining(" OR ", " AND (", ")"));
        return ROOMS + " AND " + POSITION + " < " + (selection.messages() ? "r.last_position" : "0") + names;
    }

    private static List<Object> patterns(Selection selection) {
        return selection.rooms().stream()
                .flatMap(pattern -> new RoomSelection(pattern, List.of()).parameters().stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Part> parts(String stream, String from, List<?> parameters) {
        return run(readers, connection -> {
            String query = "SELECT " + stream + ", " + POSITION + ", r.last_position, coalesce(c.attempts, 0),"
                    + " coalesce(c.until_position, 0)" + from;
            try (PreparedStatement select = prepare(connection, query, parameters);
                    ResultSet row = select.executeQuery()) {
                List<Part> found = new ArrayList<>();
                while (row.next()) {
                    int attempts = row.getInt(5);
                    found.add(new Part(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(attempts > 0 ? 6 : 4),
                            attempts));
                }
                return found;
            }
        });
    }

    @Override
    public void delivered(Part part) {
        int unused = run(writer, connection -> advance(connection, part));
    }

    private int advance(Connection connection, Part part) throws SQLException {
        return update(
                connection,
                "INSERT INTO " + CURSOR + " AS c (stream, position, next_ms) VALUES (?, ?, " + sql.presentMillis()
                        + ") ON CONFLICT (stream) DO UPDATE SET position = excluded.position, attempts = 0,"
                        + " until_position = 0, next_ms = excluded.next_ms, reason = NULL"
                        + " WHERE c.position < excluded.position",
                part.id(),
                part.until());
    }

    @Override
    public void failed(Part part, Duration pause, String reason) {
        int unused = update(
                "INSERT INTO " + CURSOR + " AS c (stream, position, until_position, attempts, next_ms, reason)"
                        + " VALUES (?, ?, ?, ?, " + sql.presentMillis() + " + ?, ?) ON CONFLICT (stream) DO UPDATE SET"
                        + " until_position = excluded.until_position, attempts = excluded.attempts,"
                        + " next_ms = excluded.next_ms, reason = excluded.reason WHERE c.position = excluded.position",
                part.id(),
                part.position(),
                part.until(),
                part.attempts() + 1,
                pause.toMillis(),
                reason);
    }

    @Override
    public void bury(Part part, String reason) {
        int unused = transaction(connection -> {
            int advanced = advance(connection, part);
            return advanced == 0
                    ? 0
                    : update(
                            connection,
                            "INSERT INTO veche_webhook_dead (stream, position, until_position, attempts, at_ms, reason)"
                                    + " VALUES (?, ?, ?, ?, " + sql.presentMillis() + ", ?)",
                            part.id(),
                            part.position(),
                            part.until(),
                            part.attempts() + 1,
                            reason);
        });
    }

    @Override
    public List<DeadLetter> deadLetters(boolean retriedOnly, int limit) {
        String query = "SELECT d.number, d.stream, coalesce(r.name, ''), d.position, d.until_position, d.attempts,"
                + " d.reason, d.at_ms, d.retried FROM veche_webhook_dead d LEFT JOIN veche_room r ON r.id = d.stream"
                + (retriedOnly ? " WHERE d.retried = 1" : "") + " ORDER BY d.number LIMIT ?";
        return run(readers, connection -> {
            try (PreparedStatement select = prepare(connection, query, List.of(limit));
                    ResultSet row = select.executeQuery()) {
                List<DeadLetter> found = new ArrayList<>();
                while (row.next()) {
                    Part part =
                            new Part(row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5), row.getInt(6));
                    Instant at = Instant.ofEpochMilli(row.getLong(8));
                    found.add(new DeadLetter(row.getLong(1), part, row.getString(7), at, row.getLong(9) == 1));
                }
                return found;
            }
        });
    }

    @Override
    public boolean retry(long number) {
        return update("UPDATE veche_webhook_dead SET retried = 1 WHERE number = ?", number) > 0;
    }

    @Override
    public void failedAgain(long number, String reason) {
        int unused = update(
                "UPDATE veche_webhook_dead SET retried = 0, attempts = attempts + 1, reason = ?, at_ms = "
                        + sql.presentMillis() + " WHERE number = ?",
                reason,
                number);
    }

    @Override
    public boolean remove(long number) {
        return update("DELETE FROM veche_webhook_dead WHERE number = ?", number) > 0;
    }

    @Override
    public Backlog backlog(Selection selection) {
        long pending = 0;
        if (selection.moderation()) {
            pending += sum(ACTIONS + "coalesce(c.position, 0)", List.of());
        }
        if (selection.messages()) {
            pending += sum(rooms(selection), patterns(selection));
        }
        long dead = run(readers, connection -> Sql.number(connection, "SELECT count(*) FROM veche_webhook_dead"));
        return new Backlog(pending, dead);
    }

    private long sum(String from, List<?> parameters) {
        String query =
                "SELECT coalesce(sum(r.last_position - coalesce(CASE WHEN c.position > 0 THEN c.position END, 0)), 0)"
                        + from;
        return run(readers, connection -> {
            try (PreparedStatement select = prepare(connection, query, parameters);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
