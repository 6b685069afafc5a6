package veche.log.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of the outbox over a connection, in a transaction or not. The statements are those of all databases. */
public final class OutboxTable {
    private static final String NUMBER = "number";
    private static final String POSTGRESQL = "PostgreSQL";
    private static final String SQLITE = "SQLite";

    private final Connection connection;
    private final String order;
    private final String ready;

    /** The table in a database of the log. */
    public OutboxTable(Connection connection) {
        this(connection, NUMBER);
    }

    /** @param order the column of the order, which is null while a row is not ready */
    private OutboxTable(Connection connection, String order) {
        this.connection = connection;
        this.order = order;
        this.ready = " FROM veche_outbox o WHERE " + order + " IS NOT NULL AND refused IS NULL";
    }

    /** The table in the database of an application. Where nothing numbers the commits, the order is that of the ids. */
    public static OutboxTable inAnyDatabase(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        boolean numbered = product.equals(POSTGRESQL) || product.equals(SQLITE);
        return new OutboxTable(connection, numbered ? NUMBER : "id");
    }

    /**
     * The first rows that wait, in the order of their commits.
     *
     * @param bytes of content after which no further row is read
     */
    public List<OutboxRow> ready(int limit, long bytes) throws SQLException {
        String size = "coalesce(length(text), 0) + coalesce(length(data), 0)";
        String first = "SELECT o.*, " + size + " AS size" + ready + " ORDER BY " + order + " LIMIT ?";
        String query = "SELECT id, room, author_id, author_name, kind, text, name, data, target, idempotency_key"
                + " FROM (SELECT f.*, sum(size) OVER (ORDER BY " + order + ") AS total FROM (" + first + ") f) g"
                + " WHERE total - size < ? ORDER BY " + order;
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setInt(1, limit);
            select.setLong(2, bytes);
            List<OutboxRow> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new OutboxRow(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getBytes(8),
                            row.getString(9),
                            row.getString(10)));
                }
            }
            return found;
        }
    }

    /** The subset of rows that still wait. */
    public Set<Long> waiting(Collection<Long> ids) throws SQLException {
        try (PreparedStatement select = prepare("SELECT id" + ready + " AND id IN ", ids)) {
            Set<Long> found = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong(1));
                }
            }
            return found;
        }
    }

    /** Removes rows whose messages are in their rooms. */
    public void remove(Collection<Long> ids) throws SQLException {
        try (PreparedStatement delete = prepare("DELETE FROM veche_outbox WHERE id IN ", ids)) {
            delete.executeUpdate();
        }
    }

    private PreparedStatement prepare(String start, Collection<Long> ids) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(start + "(" + String.join(",", Collections.nCopies(ids.size(), "?")) + ")");
        int index = 0;
        for (long id : ids) {
            statement.setLong(++index, id);
        }
        return statement;
    }

    /** Marks a row that cannot become a message; it remains until the application removes it, or clears the mark. */
    public void refuse(long id, String reason) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE veche_outbox SET refused = ? WHERE id = ?")) {
            update.setString(1, reason);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }
}
