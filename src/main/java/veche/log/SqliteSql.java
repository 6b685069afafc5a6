package veche.log;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQL of SQLite. The database is in-process, so each row is a separate call. */
final class SqliteSql implements Sql {
    private static final Set<SQLiteErrorCode> ABOUT_CONTENT =
            Set.of(SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH, SQLiteErrorCode.SQLITE_CONSTRAINT);

    @Override
    public String createRoom() {
        return "INSERT INTO veche_room (name) VALUES (?) ON CONFLICT (name) DO NOTHING";
    }

    @Override
    public String roomId() {
        return "SELECT name, id FROM veche_room WHERE name = ?";
    }

    @Override
    public String boundsOfRoom() {
        return "SELECT name, first_position, last_position, last_at_ms FROM veche_room WHERE name = ?";
    }

    @Override
    public String claimRoom() {
        return "SELECT id, first_position, last_position, last_at_ms FROM veche_room WHERE id = ?";
    }

    @Override
    public String addMessage() {
        return "INSERT INTO veche_message (room, weight, " + MessageRows.COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    @Override
    public String addKey() {
        return "INSERT OR REPLACE INTO veche_key (room, author_id, idempotency_key, id, position, at_ms)"
                + " VALUES (?, ?, ?, ?, ?, ?)";
    }

    @Override
    public String knownKey() {
        return "SELECT k.room, k.author_id, k.idempotency_key, k.id, k.position, k.at_ms, " + MessageRows.OF_M
                + " FROM veche_key k LEFT JOIN veche_message m ON m.room = k.room AND m.position = k.position"
                + " WHERE k.room = ? AND k.author_id = ? AND k.idempotency_key = ? AND k.at_ms >= ?";
    }

    @Override
    public String deletedMessage() {
        return "SELECT id FROM veche_message WHERE room = ? AND id = ? AND kind IN ('text', 'file')"
                + " AND text IS NULL AND data IS NULL";
    }

    @Override
    public String advanceRoom() {
        return "UPDATE veche_room SET last_position = ?2, last_at_ms = ?3 WHERE id = ?1";
    }

    /** The sequence increases with time, so the oldest keys are found without an index on time. */
    @Override
    public String forgetKeys() {
        return "DELETE FROM veche_key WHERE at_ms < ?1"
                + " AND sequence IN (SELECT sequence FROM veche_key ORDER BY sequence LIMIT ?2)";
    }

    @Override
    public String addRevision() {
        return "INSERT INTO veche_revision (room, message, replaced_ms, replaced_by, text, name, data)"
                + " SELECT room, id, ?3, ?4, text, CASE ?5 WHEN 1 THEN name END, CASE ?5 WHEN 1 THEN data END"
                + " FROM veche_message"
                + " WHERE id = ?2 AND room = ?1 AND (text IS NOT NULL OR data IS NOT NULL)";
    }

    @Override
    public String amendMessage() {
        return "UPDATE veche_message SET text = ?3, name = CASE ?5 WHEN 1 THEN NULL ELSE name END,"
                + " data = CASE ?5 WHEN 1 THEN NULL ELSE data END,"
                + " weight = CASE WHEN ?5 = 1 OR weight < ?4 THEN ?4 ELSE weight END"
                + " WHERE id = ?2 AND room = ?1 AND (text IS NOT NULL OR data IS NOT NULL)";
    }

    @Override
    public String clearEdits() {
        return "UPDATE veche_message SET text = NULL, weight = 256"
                + " WHERE target = ?2 AND room = ?1 AND kind = 'edit' AND text IS NOT NULL"
                + " AND (id IS NOT ?3 OR EXISTS (SELECT 1 FROM veche_message t WHERE t.id = ?2 AND t.text IS NULL))";
    }

    @Override
    public String forgetRevisions() {
        return "DELETE FROM veche_revision WHERE sequence IN"
                + " (SELECT v.sequence FROM veche_revision v WHERE v.replaced_ms < ? AND NOT "
                + HeldRows.isRevisionHeld() + " ORDER BY v.replaced_ms LIMIT ?)";
    }

    @Override
    public void update(Connection connection, String statement, Rows rows) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (@Nullable Object[] row : rows.values()) {
                bind(prepared, row);
                prepared.addBatch();
            }
            prepared.executeBatch();
        }
    }

    @Override
    public void query(Connection connection, String query, Rows rows, RowReader reader) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            for (@Nullable Object[] row : rows.values()) {
                bind(prepared, row);
                try (ResultSet result = prepared.executeQuery()) {
                    while (result.next()) {
                        reader.read(result);
                    }
                }
            }
        }
    }

    private static void bind(PreparedStatement prepared, @Nullable Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            prepared.setObject(i + 1, row[i] instanceof UUID id ? bytes(id) : row[i]);
        }
    }

    /**
     * Without the pages that are free: SQLite uses them before the file grows, but does not return them to the disk.
     */
    @Override
    public long usedBytes(Connection connection, long max) throws SQLException {
        return Sql.number(
                connection,
                "SELECT (c.page_count - f.freelist_count) * s.page_size"
                        + " FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s");
    }

    @Override
    public String presentMillis() {
        return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    }

    /** Acquires the write lock immediately, so that data read in the transaction cannot change before the commit. */
    @Override
    public void begin(Connection connection) throws SQLException {
        Sql.execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        Sql.execute(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        Sql.execute(connection, "ROLLBACK");
    }

    @Override
    public void setId(PreparedStatement statement, int column, UUID id) throws SQLException {
        statement.setBytes(column, bytes(id));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public @Nullable UUID idOrNull(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null
                ? null
                : new UUID(
                        ByteBuffer.wrap(bytes).getLong(), ByteBuffer.wrap(bytes).getLong(8));
    }

    @Override
    public @Nullable String textOrNull(ResultSet row, int column) throws SQLException {
        return row.getString(column);
    }

    @Override
    public boolean isAboutContent(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                && ABOUT_CONTENT.stream().anyMatch(code -> (sqlite.getResultCode().code & 0xff) == code.code);
    }
}
