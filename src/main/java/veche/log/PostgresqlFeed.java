package veche.log;

import static veche.log.Rows.Type.INTEGER;
import static veche.log.Rows.Type.TEXT;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import veche.room.Message;
import veche.room.RoomName;

/** The feed in the table {@code veche_feed} of PostgreSQL. */
final class PostgresqlFeed implements Feed {
    /**
     * The key of the lock under which numbers are drawn. It is taken last in a transaction, so that it takes part in no
     * deadlock, and released once the commit is visible.
     */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(1986356072, 1)";

    private static final String NOT_NULL_VIOLATION = "23502";

    private final Sql sql;
    private final DataSource dataSource;
    private final JdbcReads reads;

    PostgresqlFeed(Sql sql, DataSource dataSource, JdbcReads reads) {
        this.sql = sql;
        this.dataSource = dataSource;
        this.reads = reads;
    }

    /**
     * Adds entries, whose numbers are ignored, and commits the transaction in one round trip: a node that is suspended
     * in between cannot keep the lock.
     */
    static void commit(Connection connection, List<FeedEntry> entries) throws SQLException {
        commit(connection, entries, "nextval('veche_feed_number')", "");
    }

    /**
     * As {@link #commit(Connection, List)}, but fails if the database was restored to an earlier state, in which the
     * positions of the messages are assigned once more: the entry then has no number, which the table does not permit.
     *
     * @param epoch of the messages
     * @param seen the number of the entry up to which this node has read the feed
     */
    static void commit(Connection connection, List<FeedEntry> entries, String epoch, long seen) throws SQLException {
        try {
            commit(
                    connection,
                    entries,
                    "CASE WHEN n.last_value >= " + seen + " AND l.epoch = '" + epoch
                            + "' THEN nextval('veche_feed_number') END",
                    ", veche_log l, veche_feed_number n");
        } catch (SQLException e) {
            throw NOT_NULL_VIOLATION.equals(e.getSQLState())
                    ? new SQLTransactionRollbackException("The database was restored to an earlier state", "40000", e)
                    : e;
        }
    }

    private static void commit(Connection connection, List<FeedEntry> entries, String number, String tables)
            throws SQLException {
        String values = entries.stream().map(PostgresqlFeed::values).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK + "; INSERT INTO veche_feed (number, kind, rooms, firsts, lasts, weight) SELECT "
                    + number + ", e.* FROM (VALUES " + values + ") e (kind, rooms, firsts, lasts, weight)" + tables
                    + "; COMMIT");
        }
    }

    /** Names of rooms contain no character that would have to be quoted. */
    private static String values(FeedEntry entry) {
        return "('" + entry.kind() + "', '"
                + array(entry.ranges().stream()
                        .map(range -> range.room().value())
                        .toList()) + "'::text[], '"
                + array(entry.ranges().stream().map(FeedEntry.Range::first).toList()) + "'::bigint[], '"
                + array(entry.ranges().stream().map(FeedEntry.Range::last).toList()) + "'::bigint[], "
                + entry.weight() + ")";
    }

    private static String array(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public boolean isRestored(long seen) throws StorageException {
        return read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT l.epoch, n.last_value FROM veche_log l, veche_feed_number n");
                    ResultSet rows = select.executeQuery()) {
                rows.next();
                return !rows.getString(1).equals(reads.messages().epoch()) || rows.getLong(2) < seen;
            }
        });
    }

    @Override
    public long end() throws StorageException {
        return read(connection -> Sql.number(connection, "SELECT coalesce(max(number), 0) FROM veche_feed"));
    }

    @Override
    public Page after(long number, int limit) throws StorageException {
        String epoch = reads.messages().epoch();
        return read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT number, kind, rooms, firsts, lasts, weight, epoch FROM veche_feed, veche_log"
                            + " WHERE number > ? ORDER BY number LIMIT ?")) {
                select.setLong(1, number);
                select.setInt(2, limit);
                List<FeedEntry> entries = new ArrayList<>();
                boolean restored = false;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        entries.add(entry(rows));
                        restored = !rows.getString(7).equals(epoch);
                    }
                }
                return new Page(entries, restored);
            }
        });
    }

    private static FeedEntry entry(ResultSet row) throws SQLException {
        String[] rooms = (String[]) row.getArray(3).getArray();
        Long[] firsts = (Long[]) row.getArray(4).getArray();
        Long[] lasts = (Long[]) row.getArray(5).getArray();
        List<FeedEntry.Range> ranges = new ArrayList<>();
        for (int i = 0; i < rooms.length; i++) {
            ranges.add(new FeedEntry.Range(new RoomName(rooms[i]), firsts[i], lasts[i]));
        }
        return new FeedEntry(row.getLong(1), FeedEntry.Kind.named(row.getString(2)), ranges, row.getLong(6));
    }

    @Override
    public Map<RoomName, List<Message>> messages(Collection<FeedEntry.Range> ranges) throws StorageException {
        if (ranges.isEmpty()) {
            return Map.of();
        }
        Rows asked = new Rows(TEXT, INTEGER, INTEGER);
        ranges.forEach(range -> asked.add(range.room().value(), range.first(), range.last()));
        // For each range by itself: of a join, the planner expects so many rows that it reads the whole table.
        String query = "SELECT asked.name, m.* FROM unnest(?, ?, ?) AS asked (name, first, last),"
                + " LATERAL (SELECT " + MessageRows.COLUMNS + " FROM veche_message"
                + " WHERE room = (SELECT id FROM veche_room WHERE name = asked.name)"
                + " AND position BETWEEN asked.first AND asked.last ORDER BY position) m";
        return read(connection -> {
            Map<RoomName, List<Message>> found = new HashMap<>();
            sql.query(connection, query, asked, row -> {
                RoomName room = new RoomName(row.getString(1));
                found.computeIfAbsent(room, unseen -> new ArrayList<>())
                        .add(reads.messages().read(room, row, 2));
            });
            return found;
        });
    }

    @Override
    public Map<RoomName, RoomBounds> bounds(Collection<RoomName> rooms) throws StorageException {
        return read(connection -> reads.bounds(connection, rooms));
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) throws StorageException {
        return read(connection -> reads.after(connection, room, position, limit));
    }

    private <T> T read(JdbcStorage.Query<T> query) throws StorageException {
        return JdbcStorage.query(sql, dataSource, query);
    }
}
