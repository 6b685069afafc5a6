package veche.log;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The SQL of PostgreSQL. To save network round trips, all rows are sent in one call, each column as an array. */
final class PostgresqlSql implements Sql {
    private static final String OWN_TABLES =
            " FROM pg_class WHERE relkind = 'r' AND relname LIKE 'veche\\_%'" + " AND pg_table_is_visible(oid)";

    /**
     * Makes the transaction durable regardless of the server's default. The timeouts limit the wait for a row that
     * another node has locked, and the time for which a node that is suspended or cannot be reached keeps its locks,
     * which is shorter, so that the other nodes then wait and do not refuse anything.
     */
    private static final String TRANSACTION = """
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SELECT set_config('lock_timeout', '10s', true),
                set_config('idle_in_transaction_session_timeout', '5s', true),
                set_config('synchronous_commit', CASE current_setting('synchronous_commit')
                    WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
            """;

    /** A noncharacter (Unicode 23.7), since PostgreSQL's type text accepts every character except U+0000. */
    private static final char ESCAPE = '\uFDD0';

    @Override
    public String createRoom() {
        return "INSERT INTO veche_room (name) SELECT name FROM unnest(?) AS name ORDER BY name"
                + " ON CONFLICT (name) DO NOTHING";
    }

    @Override
    public String roomId() {
        return "SELECT name, id FROM veche_room WHERE name = ANY (?)";
    }

    @Override
    public String boundsOfRoom() {
        return "SELECT name, first_position, last_position, last_at_ms FROM veche_room WHERE name = ANY (?)";
    }

    @Override
    public String claimRoom() {
        return "SELECT id, first_position, last_position, last_at_ms FROM veche_room WHERE id = ANY (?)"
                + " ORDER BY id FOR UPDATE";
    }

    @Override
    public String addMessage() {
        return "INSERT INTO veche_message (room, weight, " + MessageRows.COLUMNS
                + ") SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    @Override
    public String addKey() {
        return "INSERT INTO veche_key AS k (room, author_id, idempotency_key, id, position, at_ms)"
                + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?) ON CONFLICT (room, author_id, idempotency_key)"
                + " DO UPDATE SET id = EXCLUDED.id, position = EXCLUDED.position, at_ms = EXCLUDED.at_ms";
    }

    @Override
    public String knownKey() {
        return "SELECT k.room, k.author_id, k.idempotency_key, k.id, k.position, k.at_ms, " + MessageRows.OF_M
                + " FROM unnest(?, ?, ?, ?) AS asked (room, author, key, since)"
                + " JOIN veche_key k ON k.room = asked.room AND k.author_id = asked.author"
                + " AND k.idempotency_key = asked.key AND k.at_ms >= asked.since"
                + " LEFT JOIN veche_message m ON m.room = k.room AND m.position = k.position";
    }

    @Override
    public String deletedMessage() {
        return "SELECT m.id FROM unnest(?, ?) AS asked (room, id)"
                + " JOIN veche_message m ON m.id = asked.id AND m.room = asked.room"
                + " WHERE m.kind IN ('text', 'file') AND m.text IS NULL AND m.data IS NULL";
    }

    @Override
    public String advanceRoom() {
        return "UPDATE veche_room SET last_position = new.last, last_at_ms = new.at"
                + " FROM unnest(?, ?, ?) AS new (room, last, at) WHERE id = new.room";
    }

    /** Nodes delete expired keys concurrently; each skips the rows that another node has locked. */
    @Override
    public String forgetKeys() {
        return "DELETE FROM veche_key WHERE ctid = ANY (ARRAY (SELECT ctid FROM veche_key WHERE at_ms < ?"
                + " ORDER BY at_ms LIMIT ? FOR UPDATE SKIP LOCKED))";
    }

    @Override
    public String addRevision() {
        return "INSERT INTO veche_revision (room, message, replaced_ms, replaced_by, text, name, data)"
                + " SELECT m.room, m.id, r.at, r.replacement, m.text, CASE r.deleted WHEN 1 THEN m.name END,"
                + " CASE r.deleted WHEN 1 THEN m.data END"
                + " FROM unnest(?, ?, ?, ?, ?) AS r (room, target, at, replacement, deleted)"
                + " JOIN veche_message m ON m.id = r.target AND m.room = r.room"
                + " WHERE m.text IS NOT NULL OR m.data IS NOT NULL";
    }

    @Override
    public String amendMessage() {
        return "UPDATE veche_message m SET text = r.text, name = CASE r.deleted WHEN 1 THEN NULL ELSE m.name END,"
                + " data = CASE r.deleted WHEN 1 THEN NULL ELSE m.data END,"
                + " weight = CASE WHEN r.deleted = 1 OR m.weight < r.weight THEN r.weight ELSE m.weight END"
                + " FROM unnest(?, ?, ?, ?, ?) AS r (room, target, text, weight, deleted)"
                + " WHERE m.id = r.target AND m.room = r.room AND (m.text IS NOT NULL OR m.data IS NOT NULL)";
    }

    @Override
    public String clearEdits() {
        return "UPDATE veche_message m SET text = NULL, weight = 256"
                + " FROM unnest(?, ?, ?) AS r (room, target, kept)"
                + " WHERE m.target = r.target AND m.room = r.room AND m.kind = 'edit' AND m.text IS NOT NULL"
                + " AND (m.id IS DISTINCT FROM r.kept"
                + " OR EXISTS (SELECT 1 FROM veche_message t WHERE t.id = r.target AND t.text IS NULL))";
    }

    @Override
    public String forgetRevisions() {
        return "DELETE FROM veche_revision WHERE ctid = ANY (ARRAY (SELECT v.ctid FROM veche_revision v"
                + " WHERE v.replaced_ms < ? AND NOT " + HeldRows.isRevisionHeld()
                + " ORDER BY v.replaced_ms LIMIT ? FOR UPDATE OF v SKIP LOCKED))";
    }

    @Override
    public void update(Connection connection, String statement, Rows rows) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, rows);
            prepared.executeUpdate();
        }
    }

    @Override
    public void query(Connection connection, String query, Rows rows, RowReader reader) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            bind(prepared, rows);
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    reader.read(result);
                }
            }
        }
    }

    private static void bind(PreparedStatement prepared, Rows rows) throws SQLException {
        List<Rows.Type> types = rows.types();
        for (int i = 0; i < types.size(); i++) {
            prepared.setArray(i + 1, column(prepared.getConnection(), types.get(i), rows.values(), i));
        }
    }

    private static Array column(Connection connection, Rows.Type type, List<@Nullable Object[]> rows, int column)
            throws SQLException {
        var values = rows.stream().map(row -> row[column]);
        return switch (type) {
            case INTEGER -> connection.createArrayOf("bigint", values.toArray(Long[]::new));
            case TEXT ->
                connection.createArrayOf(
                        "text", values.map(text -> escape((String) text)).toArray(String[]::new));
            case BYTES -> connection.createArrayOf("bytea", values.toArray(byte[][]::new));
            case ID -> connection.createArrayOf("uuid", values.toArray(UUID[]::new));
        };
    }

    static @Nullable String escape(@Nullable String text) {
        if (text == null || text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        return text.replace("" + ESCAPE, ESCAPE + "1").replace("\0", ESCAPE + "0");
    }

    static @Nullable String unescape(@Nullable String text) {
        if (text == null || text.indexOf(ESCAPE) < 0) {
            return text;
        }
        return text.replace(ESCAPE + "0", "\0").replace(ESCAPE + "1", "" + ESCAPE);
    }

    /**
     * The size of the tables, which does not shrink when rows are deleted: PostgreSQL uses their space for new rows.
     * Above the limit, the size of the rows decides, although that reads all of them.
     */
    @Override
    public long usedBytes(Connection connection, long max) throws SQLException {
        long allocated = Sql.number(connection, "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)" + OWN_TABLES);
        if (max == 0 || allocated < max) {
            return allocated;
        }
        return Sql.number(
                connection,
                "SELECT (SELECT coalesce(sum(weight), 0) FROM veche_message)"
                        + " + (SELECT coalesce(sum(256 + coalesce(length(text), 0) + coalesce(length(data), 0)), 0)"
                        + " FROM veche_revision)"
                        + " + (SELECT coalesce(sum(256 + coalesce(length(text), 0) + coalesce(length(data), 0)), 0)"
                        + " FROM veche_held)");
    }

    @Override
    public String presentMillis() {
        return "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, TRANSACTION);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void commit(Connection connection, List<FeedEntry> entries) throws SQLException {
        if (!entries.isEmpty()) {
            PostgresqlFeed.commit(connection, entries);
        }
        commit(connection);
    }

    @Override
    public void commit(Connection connection, List<FeedEntry> entries, String epoch, long seen) throws SQLException {
        if (!entries.isEmpty()) {
            PostgresqlFeed.commit(connection, entries, epoch, seen);
        }
        commit(connection);
    }

    @Override
    public Feed feed(DataSource dataSource, JdbcReads reads) {
        return new PostgresqlFeed(this, dataSource, reads);
    }

    @Override
    public String forgetFeed() {
        return "DELETE FROM veche_feed WHERE ctid = ANY (ARRAY (SELECT ctid FROM veche_feed"
                + " WHERE at < clock_timestamp() - make_interval(secs => ? / 1000.0)"
                + " ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED))";
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Override
    public void setId(PreparedStatement statement, int column, UUID id) throws SQLException {
        statement.setObject(column, id);
    }

    @Override
    public @Nullable UUID idOrNull(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    @Override
    public @Nullable String textOrNull(ResultSet row, int column) throws SQLException {
        return unescape(row.getString(column));
    }

    /** Data exceptions, constraints and program limits (PostgreSQL, "Error Codes": classes 22, 23 and 54). */
    @Override
    public boolean isAboutContent(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
}
