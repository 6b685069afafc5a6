package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomName;
import veche.room.RoomStateStore.Revocation;
import veche.room.RoomStateStore.RuleRow;

/** A state storage in database tables. */
final class JdbcStateStore implements StateStorage {
    private static final Comparator<ReadMark> ORDER =
            Comparator.comparing(ReadMark::author).thenComparing(ReadMark::room);

    private final Sql sql;
    private final DataSource writer;
    private final DataSource readers;
    private final ModerationRows actions;
    private final Runnable onChange;

    /** @param onChange called after a commit that concerns other nodes; must not block */
    JdbcStateStore(Sql sql, DataSource writer, DataSource readers, Runnable onChange) {
        this.sql = sql;
        this.writer = writer;
        this.readers = readers;
        this.actions = new ModerationRows(sql);
        this.onChange = onChange;
    }

    private <T> T change(JdbcStorage.Query<T> change) throws StorageException {
        return change(change, List.of());
    }

    /** A change that every node applies at once. */
    private <T> T changeEverywhere(JdbcStorage.Query<T> change) throws StorageException {
        T result = change(change, List.of(new FeedEntry(0, FeedEntry.Kind.STATE, List.of(), 0)));
        onChange.run();
        return result;
    }

    private <T> T change(JdbcStorage.Query<T> change, List<FeedEntry> feed) throws StorageException {
        return JdbcStorage.query(sql, writer, connection -> {
            sql.begin(connection);
            try {
                T result = change.run(connection);
                sql.commit(connection, feed);
                return result;
            } catch (SQLException | RuntimeException e) {
                sql.rollback(connection);
                throw e;
            }
        });
    }

    private <T> T query(JdbcStorage.Query<T> query) throws StorageException {
        return JdbcStorage.query(sql, readers, query);
    }

    @Override
    public Optional<ModerationAction> record(ModerationAction action) throws StorageException {
        Optional<ModerationAction.Sanction> sanction = action.type().sanction();
        return changeEverywhere(connection -> {
            // Locks the row, which serializes the nodes, so that numbers become visible in ascending order.
            Sql.execute(connection, "UPDATE veche_log SET epoch = epoch");
            if (sanction.isPresent() && isOutranked(connection, action, sanction.get())) {
                return Optional.empty();
            }
            ModerationAction recorded = action.numbered(1 + newest(connection));
            actions.add(connection, recorded);
            if (action.type().imposes().isPresent()) {
                putSanction(connection, recorded, action.type().imposes().get());
            }
            if (action.type().lifts().isPresent()) {
                deleteSanction(connection, action, action.type().lifts().get());
            }
            return Optional.of(recorded);
        });
    }

    /** Whether a moderator of a higher rank has imposed the sanction that the action replaces or lifts. */
    private static boolean isOutranked(
            Connection connection, ModerationAction action, ModerationAction.Sanction sanction) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM veche_sanction s JOIN veche_ruling r ON r.number = s.number"
                        + " WHERE s.author_id = ? AND s.room = ? AND s.action = ? AND s.address = ?"
                        + " AND r.moderator_rank > ? AND (r.until_ms IS NULL OR r.until_ms > ?)")) {
            setKey(select, action, sanction);
            select.setInt(5, action.moderator().rank());
            select.setLong(6, action.at().toEpochMilli());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void setKey(PreparedStatement statement, ModerationAction action, ModerationAction.Sanction sanction)
            throws SQLException {
        statement.setString(1, action.author());
        statement.setString(2, ModerationRows.name(action.room()));
        statement.setString(3, sanction.wireName());
        statement.setString(4, ModerationRows.address(action));
    }

    private static long newest(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT COALESCE(MAX(number), 0) FROM veche_ruling");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void putSanction(Connection connection, ModerationAction action, ModerationAction.Sanction sanction)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO veche_sanction (author_id, room, action, address, number) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (author_id, room, action, address) DO UPDATE SET number = excluded.number")) {
            setKey(upsert, action, sanction);
            upsert.setLong(5, action.number());
            upsert.executeUpdate();
        }
    }

    private static void deleteSanction(
            Connection connection, ModerationAction action, ModerationAction.Sanction sanction) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM veche_sanction WHERE author_id = ? AND room = ? AND action = ? AND address = ?")) {
            setKey(delete, action, sanction);
            delete.executeUpdate();
        }
    }

    @Override
    public void noteRank(String author, @Nullable RoomName room, int rank, Instant at, Instant since)
            throws StorageException {
        change(connection -> RankRows.note(connection, new RankRows.Rank(author, room, rank), at, since));
    }

    @Override
    public int rank(String author, @Nullable RoomName room, Instant since) throws StorageException {
        return query(connection -> RankRows.read(connection, author, room, since));
    }

    @Override
    public void noteName(String author, Set<String> keys, Instant at, Instant since) throws StorageException {
        change(connection -> {
            NameRows.add(connection, author, keys, at, since);
            return author;
        });
    }

    @Override
    public Map<String, Instant> names(Instant since) throws StorageException {
        return query(connection -> NameRows.read(connection, since));
    }

    @Override
    public void forget(String author) throws StorageException {
        change(connection -> {
            for (String table : List.of("veche_rank", "veche_name", "veche_read")) {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE author_id = ?")) {
                    delete.setString(1, author);
                    delete.executeUpdate();
                }
            }
            return author;
        });
    }

    @Override
    public List<ModerationAction> after(long number, int limit) throws StorageException {
        return read("WHERE number > ? ORDER BY number LIMIT ?", number, limit);
    }

    @Override
    public List<ModerationAction> before(long number, int limit, Optional<Set<RoomName>> rooms)
            throws StorageException {
        if (rooms.filter(Set::isEmpty).isPresent()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(number));
        rooms.ifPresent(these -> these.forEach(room -> parameters.add(room.value())));
        parameters.add(limit);
        String inRooms = rooms.map(
                        these -> " AND room IN (" + String.join(", ", Collections.nCopies(these.size(), "?")) + ")")
                .orElse("");
        return read("WHERE number < ?" + inRooms + " ORDER BY number DESC LIMIT ?", parameters.toArray());
    }

    @Override
    public List<ModerationAction> sanctions() throws StorageException {
        return read("WHERE number IN (SELECT number FROM veche_sanction) ORDER BY number");
    }

    private List<ModerationAction> read(String condition, Object... parameters) throws StorageException {
        return query(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + ModerationRows.COLUMNS + " FROM veche_ruling " + condition)) {
                for (int i = 0; i < parameters.length; i++) {
                    select.setObject(i + 1, parameters[i]);
                }
                List<ModerationAction> found = new ArrayList<>();
                try (ResultSet result = select.executeQuery()) {
                    while (result.next()) {
                        found.add(actions.read(result));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public void revoke(Revocation revocation) throws StorageException {
        changeEverywhere(connection -> {
            RevocationRows.add(connection, revocation);
            return revocation;
        });
    }

    @Override
    public List<Revocation> revocations(Instant now) throws StorageException {
        return query(connection -> RevocationRows.read(connection, now));
    }

    @Override
    public void mark(List<ReadMark> marks, long since) throws StorageException {
        change(connection -> {
            Sql.deleteBefore(connection, "veche_read", since);
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO veche_read (author_id, room, epoch, position, at_ms) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (author_id, room) DO UPDATE SET epoch = excluded.epoch,"
                            + " position = excluded.position, at_ms = excluded.at_ms"
                            + " WHERE veche_read.epoch <> excluded.epoch OR veche_read.position < excluded.position")) {
                // In one order, so that nodes do not wait for each other's rows.
                for (ReadMark mark : marks.stream().sorted(ORDER).toList()) {
                    upsert.setString(1, mark.author());
                    upsert.setString(2, mark.room().value());
                    upsert.setString(3, mark.upTo().epoch());
                    upsert.setLong(4, mark.upTo().number());
                    upsert.setLong(5, mark.at().toEpochMilli());
                    upsert.addBatch();
                }
                return upsert.executeBatch();
            }
        });
    }

    @Override
    public Map<String, String> credentials() throws StorageException {
        return query(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT authid, entry FROM veche_credential");
                    ResultSet rows = select.executeQuery()) {
                Map<String, String> entries = new TreeMap<>();
                while (rows.next()) {
                    entries.put(rows.getString(1), rows.getString(2));
                }
                return entries;
            }
        });
    }

    @Override
    public List<RuleRow> rules() throws StorageException {
        return query(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT subject, name, terms FROM veche_rule");
                    ResultSet rows = select.executeQuery()) {
                List<RuleRow> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new RuleRow(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return found;
            }
        });
    }

    @Override
    public Map<RoomName, Position> marks(String author) throws StorageException {
        return query(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT room, epoch, position FROM veche_read WHERE author_id = ?")) {
                select.setString(1, author);
                Map<RoomName, Position> positions = new TreeMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        positions.put(
                                new RoomName(rows.getString(1)), new Position(rows.getString(2), rows.getLong(3)));
                    }
                }
                return positions;
            }
        });
    }
}
