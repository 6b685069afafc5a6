package veche.log.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.OptionalLong;
import java.util.UUID;
import veche.room.cluster.Claims.Claim;
import veche.room.cluster.Claims.Decision;

/** The table {@code veche_claim}, in one transaction, during which no other node changes it. */
final class ClaimRows {
    private final Connection connection;
    private final UUID node;

    private ClaimRows(Connection connection, UUID node) {
        this.connection = connection;
        this.node = node;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {
        void run(ClaimRows rows) throws SQLException;
    }

    /** @param connection in auto-commit mode */
    static void inTransaction(Connection connection, UUID node, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(1986356072, 2)");
            work.run(new ClaimRows(connection, node));
            connection.commit();
        } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** @param number assigned if it is empty */
    Decision add(Claim claim, OptionalLong number) throws SQLException {
        String sql = "INSERT INTO veche_claim (name, node, holder, mode, exclusive, number)"
                + " SELECT ?, ?, ?, ?, ?, COALESCE(?, nextval('veche_claim_number'))"
                + " WHERE NOT EXISTS (SELECT 1 FROM veche_claim WHERE name = ?"
                + " AND (exclusive OR ? OR mode <> ? OR node = ? AND holder = ?)) RETURNING number";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, claim.name());
            insert.setObject(2, node);
            insert.setLong(3, claim.holder());
            insert.setString(4, claim.mode());
            insert.setBoolean(5, claim.exclusive());
            insert.setObject(6, number.isPresent() ? number.getAsLong() : null, Types.BIGINT);
            insert.setString(7, claim.name());
            insert.setBoolean(8, claim.exclusive());
            insert.setString(9, claim.mode());
            insert.setObject(10, node);
            insert.setLong(11, claim.holder());
            try (ResultSet rows = insert.executeQuery()) {
                return rows.next() ? new Decision.Granted(rows.getLong(1)) : refused(claim.name());
            }
        }
    }

    private Decision refused(String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT mode FROM veche_claim WHERE name = ? LIMIT 1")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return new Decision.Refused(rows.getString(1));
            }
        }
    }

    void remove(String name, long holder) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM veche_claim WHERE name = ? AND node = ? AND holder = ?")) {
            delete.setString(1, name);
            delete.setObject(2, node);
            delete.setLong(3, holder);
            delete.executeUpdate();
        }
    }

    /** Removes all claims of this node. */
    void removeAll() throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM veche_claim WHERE node = ?")) {
            delete.setObject(1, node);
            delete.executeUpdate();
        }
    }
}
