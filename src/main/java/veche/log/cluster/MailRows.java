package veche.log.cluster;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import veche.room.cluster.ClusterNode;
import veche.room.cluster.NodeId;
import veche.room.cluster.NodeReport;

/** The tables {@code veche_node} and {@code veche_mail}, over one connection in auto-commit mode. */
final class MailRows {
    private final Connection connection;

    private record Row(long number, ParcelBatch batch) {}

    /** @param connection its commits need not be durable, since nothing here is worth more than the next heartbeat */
    MailRows(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
        }
    }

    /** Renews the row of a node; returns whether it has one. */
    boolean renew(NodeId node, NodeReport report) throws SQLException {
        return update(
                        "UPDATE veche_node SET seen = clock_timestamp(), version = ?, state = ?, figures = ?::jsonb"
                                + " WHERE incarnation = ?",
                        report.version(),
                        report.state().wireName(),
                        report.figures(),
                        node.incarnation())
                > 0;
    }

    /** @param age the time since the node started */
    void addNode(NodeId node, NodeReport report, Duration age) throws SQLException {
        update(
                "INSERT INTO veche_node (incarnation, name, version, state, figures, started, seen) VALUES"
                        + " (?, ?, ?, ?, ?::jsonb, clock_timestamp() - make_interval(secs => ?), clock_timestamp())",
                node.incarnation(),
                node.name(),
                report.version(),
                report.state().wireName(),
                report.figures(),
                age.toMillis() / 1e3);
    }

    void removeNode(NodeId node) throws SQLException {
        update("DELETE FROM veche_node WHERE incarnation = ?", node.incarnation());
    }

    /** Removes the nodes that have not renewed their rows, and the parcels for them. */
    void removeExpired(Duration lease) throws SQLException {
        update(
                "DELETE FROM veche_node WHERE seen < clock_timestamp() - make_interval(secs => ?)",
                lease.toMillis() / 1e3);
        update("DELETE FROM veche_mail m WHERE NOT EXISTS"
                + " (SELECT 1 FROM veche_node n WHERE n.incarnation = m.target)");
    }

    /** The other nodes in the order of their starts. */
    List<ClusterNode> others(NodeId self) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT incarnation, name, started, version, state, figures"
                        + " FROM veche_node WHERE incarnation <> ? ORDER BY started, incarnation")) {
            select.setObject(1, self.incarnation());
            List<ClusterNode> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(node(rows));
                }
            }
            return List.copyOf(found);
        }
    }

    private static ClusterNode node(ResultSet row) throws SQLException {
        return new ClusterNode(
                new NodeId(row.getObject(1, UUID.class), row.getString(2)),
                row.getTimestamp(3).toInstant(),
                new NodeReport(row.getString(4), NodeReport.State.named(row.getString(5)), row.getString(6)));
    }

    /** Writes the batches for other nodes; returns whether there were any. */
    boolean send(Collection<Neighbour> neighbours) throws SQLException {
        Map<Outgoing, Integer> written = new HashMap<>();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO veche_mail (target, sender, ordinal, parcels) VALUES (?, ?, ?, ?)")) {
            for (Neighbour neighbour : neighbours) {
                for (ParcelBatch batch : neighbour.outgoing().nextMail()) {
                    insert.setObject(1, neighbour.id().incarnation());
                    insert.setObject(2, batch.sender());
                    insert.setLong(3, batch.ordinal());
                    insert.setBytes(4, batch.items().array());
                    insert.addBatch();
                    written.merge(neighbour.outgoing(), 1, Integer::sum);
                }
            }
            if (!written.isEmpty()) {
                insert.executeBatch();
            }
        }
        written.forEach(Outgoing::mailed);
        return !written.isEmpty();
    }

    /** Removes the batches for a node, in the order of their sending. */
    List<ParcelBatch> receive(NodeId self) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM veche_mail WHERE target = ? RETURNING number, sender, ordinal, parcels")) {
            delete.setObject(1, self.incarnation());
            List<Row> received = new ArrayList<>();
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    ByteBuffer parcels = ByteBuffer.wrap(rows.getBytes(4));
                    received.add(new Row(
                            rows.getLong(1), new ParcelBatch(rows.getObject(2, UUID.class), rows.getLong(3), parcels)));
                }
            }
            return received.stream()
                    .sorted(Comparator.comparingLong(Row::number))
                    .map(Row::batch)
                    .toList();
        }
    }

    private int update(String statement, Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            return prepared.executeUpdate();
        }
    }
}
