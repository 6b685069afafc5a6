package veche.api;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The INSERT into the outbox, on any database. */
final class OutboxInsert {
    private static final String POSTGRESQL = "PostgreSQL";

    private OutboxInsert() {}

    /** @throws IllegalStateException if no transaction is open */
    static void intoTransaction(Connection transaction, OutboxMessage message) throws SQLException {
        // The connections of Payara report auto-commit mode while they belong to a JTA transaction.
        if (transaction.getAutoCommit() && !JtaOutbox.isInTransaction()) {
            throw new IllegalStateException(
                    "The connection is in auto-commit mode: the message would not belong to a transaction");
        }
        into(transaction, message);
    }

    static void into(Connection connection, OutboxMessage message) throws SQLException {
        Map<String, Object> columns = columns(message);
        String sql = "INSERT INTO veche_outbox (" + String.join(", ", columns.keySet()) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int index = 0;
            for (Object value : columns.values()) {
                set(insert, ++index, value);
            }
            insert.executeUpdate();
        }
    }

    /** The columns that have a value, so that the others may be missing from the privileges of the application. */
    private static Map<String, Object> columns(OutboxMessage message) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("room", message.room());
        columns.put("author_id", message.authorId());
        columns.put("author_name", message.authorName());
        columns.put("kind", message.kind().columnValue());
        message.text().ifPresent(text -> columns.put("text", text));
        message.file().ifPresent(file -> {
            columns.put("name", file.name());
            columns.put("data", file.content());
        });
        message.target().ifPresent(target -> columns.put("target", target));
        message.idempotencyKey().ifPresent(key -> columns.put("idempotency_key", key));
        return columns;
    }

    private static void set(PreparedStatement insert, int index, Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            insert.setBytes(index, bytes);
        } else if (value instanceof UUID id && isPostgresql(insert)) {
            insert.setObject(index, id, Types.OTHER);
        } else {
            insert.setString(index, value.toString());
        }
    }

    /** Other databases have no type for UUIDs, or convert text to it. */
    private static boolean isPostgresql(PreparedStatement insert) throws SQLException {
        return POSTGRESQL.equals(insert.getConnection().getMetaData().getDatabaseProductName());
    }
}
