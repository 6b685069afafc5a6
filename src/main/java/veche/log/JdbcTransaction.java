package veche.log;

import static veche.log.Rows.Type.ID;
import static veche.log.Rows.Type.INTEGER;
import static veche.log.Rows.Type.TEXT;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import veche.log.outbox.OutboxRow;
import veche.log.outbox.OutboxTable;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Message;
import veche.room.Position;
import veche.room.RoomName;

/** A transaction on the tables. It locks the rows of its rooms when it begins, in the order of their ids. */
final class JdbcTransaction implements Storage.Transaction {
    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private final Connection connection;
    private final Sql sql;
    private final JdbcReads reads;
    private final RoomIds ids;
    private final SortedSet<RoomName> rooms;
    private final Runnable onChange;
    private final Map<RoomName, RoomBounds> bounds = new LinkedHashMap<>();
    private final List<FeedEntry> feed = new ArrayList<>();
    private final OutboxTable outbox;
    private boolean committed;

    /**
     * @param ids the ids of the rooms that exist
     * @param rooms the rooms whose bounds are returned
     * @param onChange called after a commit that other nodes have to deliver; must not block
     */
    JdbcTransaction(
            Connection connection,
            Sql sql,
            JdbcReads reads,
            RoomIds ids,
            SortedSet<RoomName> rooms,
            Runnable onChange) {
        this.connection = connection;
        this.sql = sql;
        this.reads = reads;
        this.ids = ids;
        this.rooms = rooms;
        this.onChange = onChange;
        this.outbox = new OutboxTable(connection);
    }

    /** Locks the rooms and reads their bounds. */
    void claim() throws SQLException {
        sql.begin(connection);
        Rows rows = new Rows(INTEGER);
        ids.all().stream().sorted().forEach(rows::add);
        if (!rows.isEmpty()) {
            sql.query(
                    connection,
                    sql.claimRoom(),
                    rows,
                    row -> bounds.put(
                            ids.name(row.getLong(1)), new RoomBounds(row.getLong(2), row.getLong(3), row.getLong(4))));
        }
        if (bounds.size() != ids.all().size()) {
            throw new SQLException("Rooms missing in the database: " + ids);
        }
        rooms.forEach(room -> bounds.putIfAbsent(room, RoomBounds.EMPTY));
    }

    @Override
    public Map<RoomName, RoomBounds> bounds() {
        return bounds;
    }

    @Override
    public Map<RoomName, RoomBounds> bounds(Collection<RoomName> others) throws StorageException {
        Map<RoomName, RoomBounds> found = attempt(() -> reads.bounds(connection, others));
        others.forEach(room -> found.putIfAbsent(room, RoomBounds.EMPTY));
        return found;
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) throws StorageException {
        return attempt(() -> reads.after(connection, room, position, limit));
    }

    @Override
    public Map<IdempotencyKey, Message> known(Map<IdempotencyKey, Draft> drafts, long since) throws StorageException {
        Rows rows = new Rows(INTEGER, TEXT, TEXT, INTEGER);
        drafts.keySet().forEach(key -> rows.add(ids.of(key.room()), key.author(), key.value(), since));
        Map<IdempotencyKey, Message> known = new HashMap<>();
        return attempt(() -> {
            sql.query(connection, sql.knownKey(), rows, row -> {
                IdempotencyKey key = new IdempotencyKey(ids.name(row.getLong(1)), sql.text(row, 2), sql.text(row, 3));
                known.put(key, first(key, Objects.requireNonNull(drafts.get(key)), row));
            });
            return known;
        });
    }

    private Message first(IdempotencyKey key, Draft draft, ResultSet row) throws SQLException {
        if (sql.idOrNull(row, 8) != null) {
            return reads.messages().read(key.room(), row, 7);
        }
        return new Message(
                sql.id(row, 4),
                key.room(),
                new Position(reads.messages().epoch(), row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                draft.author(),
                draft.kind(),
                draft.text(),
                draft.name(),
                draft.data(),
                draft.target(),
                draft.key());
    }

    @Override
    public Set<UUID> deleted(Map<UUID, RoomName> messages) throws StorageException {
        Rows rows = new Rows(INTEGER, ID);
        messages.forEach((id, room) -> rows.add(ids.of(room), id));
        Set<UUID> deleted = new HashSet<>();
        return attempt(() -> {
            sql.query(connection, sql.deletedMessage(), rows, row -> deleted.add(sql.id(row, 1)));
            return deleted;
        });
    }

    @Override
    public void add(List<Message> messages) throws StorageException {
        Rows rows = MessageRows.none();
        Rows keys = new Rows(INTEGER, TEXT, TEXT, ID, INTEGER, INTEGER);
        Map<RoomName, Message> newest = new LinkedHashMap<>();
        for (Message message : messages) {
            long room = ids.of(message.room());
            rows.add(MessageRows.row(room, message));
            newest.put(message.room(), message);
            if (message.key() != null) {
                keys.add(
                        room,
                        message.author().id(),
                        message.key(),
                        message.id(),
                        message.position().number(),
                        message.at().toEpochMilli());
            }
        }
        Rows tails = new Rows(INTEGER, INTEGER, INTEGER);
        newest.forEach((room, message) -> tails.add(
                ids.of(room), message.position().number(), message.at().toEpochMilli()));
        update(sql.addMessage(), rows);
        update(sql.addKey(), keys);
        update(sql.advanceRoom(), tails);
        amend(Amendment.of(messages));
        feed.add(new FeedEntry(
                0,
                FeedEntry.Kind.MESSAGES,
                newest.entrySet().stream()
                        .map(room -> new FeedEntry.Range(
                                room.getKey(),
                                Objects.requireNonNull(bounds.get(room.getKey()))
                                                .last()
                                        + 1,
                                room.getValue().position().number()))
                        .toList(),
                messages.stream().mapToLong(Message::weight).sum()));
    }

    private void amend(List<Amendment> amendments) throws StorageException {
        Rows revisions = new Rows(INTEGER, ID, INTEGER, ID, INTEGER);
        Rows contents = new Rows(INTEGER, ID, TEXT, INTEGER, INTEGER);
        Rows edits = new Rows(INTEGER, ID, ID);
        for (Amendment amendment : amendments) {
            long room = ids.of(amendment.room());
            Message last = amendment.last();
            long deleted = amendment.deletes() ? 1 : 0;
            revisions.add(room, amendment.target(), last.at().toEpochMilli(), last.id(), deleted);
            contents.add(
                    room, amendment.target(), amendment.deletes() ? null : last.text(), (long) last.weight(), deleted);
            edits.add(room, amendment.target(), amendment.keptEdit());
        }
        update(sql.addRevision(), revisions);
        update(sql.amendMessage(), contents);
        update(sql.clearEdits(), edits);
    }

    private void update(String statement, Rows rows) throws StorageException {
        if (!rows.isEmpty()) {
            JdbcStorage.execute(sql, () -> sql.update(connection, statement, rows));
        }
    }

    @Override
    public void erase(RoomName room, String author) throws StorageException {
        String own = " WHERE room = ? AND author_id = ?";
        JdbcStorage.execute(sql, () -> {
            HeldRows.copy(connection, HeldRows.OF_AUTHOR, ids.of(room), author);
            erase(
                    "DELETE FROM veche_revision WHERE room = ? AND EXISTS (SELECT 1 FROM veche_message m"
                            + " WHERE m.id = veche_revision.message AND m.author_id = ?)",
                    ids.of(room),
                    author);
            erase("DELETE FROM veche_key" + own, ids.of(room), author);
            erase(
                    "UPDATE veche_message SET author_id = '" + Author.ERASED.id() + "', author_name = '"
                            + Author.ERASED.name() + "', idempotency_key = NULL, name = NULL, data = NULL,"
                            + " text = CASE kind WHEN 'reaction' THEN text END, weight = 256" + own,
                    ids.of(room),
                    author);
        });
    }

    private void erase(String statement, long room, String author) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setLong(1, room);
            prepared.setString(2, author);
            prepared.executeUpdate();
        }
    }

    @Override
    public long newestBefore(RoomName room, long from, long to, long cutoff) throws StorageException {
        String query = "SELECT max(position) FROM veche_message"
                + " WHERE room = ? AND position BETWEEN ? AND ? AND at_ms < ?";
        return attempt(() -> {
            try (PreparedStatement prepared = prepare(query, ids.of(room), from, to, cutoff);
                    ResultSet rows = prepared.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        });
    }

    @Override
    public void trim(RoomName room, long first) throws StorageException {
        JdbcStorage.execute(sql, () -> HeldRows.copy(connection, HeldRows.BEFORE, ids.of(room), first));
        run("DELETE FROM veche_message WHERE room = ? AND position < ?", ids.of(room), first);
        run("UPDATE veche_room SET first_position = ? WHERE id = ?", first, ids.of(room));
        feed.add(new FeedEntry(0, FeedEntry.Kind.TRIM, List.of(new FeedEntry.Range(room, first, first)), 0));
    }

    @Override
    public int forget(long before, int limit) throws StorageException {
        return run(sql.forgetKeys(), before, limit);
    }

    @Override
    public int forgetRevisions(long before, int limit) throws StorageException {
        return run(sql.forgetRevisions(), before, System.currentTimeMillis(), limit);
    }

    @Override
    public int forgetFeed(long ageMillis, int limit) throws StorageException {
        String statement = sql.forgetFeed();
        return statement.isEmpty() ? 0 : run(statement, ageMillis, limit);
    }

    @Override
    public Set<Long> waiting(Collection<Long> rows) throws StorageException {
        return attempt(() -> outbox.waiting(rows));
    }

    @Override
    public void removeFromOutbox(Collection<Long> rows) throws StorageException {
        JdbcStorage.execute(sql, () -> outbox.remove(rows));
    }

    @Override
    public void refuse(OutboxRow row, String reason) throws StorageException {
        JdbcStorage.execute(sql, () -> outbox.refuse(row.id(), reason));
    }

    @Override
    public void forgetHeld() throws StorageException {
        JdbcStorage.execute(sql, () -> HeldRows.deleteReleased(connection));
    }

    private int run(String statement, long... parameters) throws StorageException {
        return attempt(() -> {
            try (PreparedStatement prepared = prepare(statement, parameters)) {
                return prepared.executeUpdate();
            }
        });
    }

    private PreparedStatement prepare(String statement, long... parameters) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int i = 0; i < parameters.length; i++) {
            prepared.setLong(i + 1, parameters[i]);
        }
        return prepared;
    }

    @Override
    public void commit(long seen) throws StorageException {
        JdbcStorage.execute(
                sql, () -> sql.commit(connection, feed, reads.messages().epoch(), seen));
        committed = true;
        if (!feed.isEmpty()) {
            onChange.run();
        }
    }

    private <T> T attempt(JdbcStorage.Work<T> work) throws StorageException {
        return JdbcStorage.attempt(sql, work);
    }

    /** Never throws: a failure to close does not affect a committed transaction. */
    @Override
    public void close() {
        try (connection) {
            if (!committed) {
                sql.rollback(connection);
            }
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "Rollback failed; the database rolls back when the connection ends", e);
        }
    }
}
