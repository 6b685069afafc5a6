package veche.log;

import static veche.log.Rows.Type.TEXT;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import veche.log.cluster.Wakeup;
import veche.log.outbox.OutboxRow;
import veche.log.outbox.OutboxTable;
import veche.room.Message;
import veche.room.MessageLog.Held;
import veche.room.Revision;
import veche.room.RoomName;

/** A message storage in database tables. */
final class JdbcStorage implements Storage {
    /** Exceeds the number of rooms in one transaction. */
    private static final int MAX_IDS = 1 << 16;

    /** A database operation. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** A database operation without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws SQLException;
    }

    /** An operation over a connection. */
    @FunctionalInterface
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private final Sql sql;
    private final DataSource writer;
    private final DataSource readers;
    private final LongSupplier free;
    private final Wakeup wakeup;
    private final Runnable release;
    private final long readBytes;
    private final Supplier<String> newEpoch;
    private volatile Epoch epoch;
    /** A cache: rooms are never deleted, and their ids never change. Accessed by the writer thread only. */
    private final Map<RoomName, Long> ids = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Long> eldest) {
            return size() > MAX_IDS;
        }
    };

    /**
     * Opens the storage; the tables must exist.
     *
     * @param free the free bytes on the disk, {@code Long.MAX_VALUE} if unknown
     * @param wakeup informs other nodes; closed with this storage
     * @param release closes the data sources that the log owns
     * @param newEpoch gives the epoch to store if the log is new, or was restored
     */
    JdbcStorage(
            Sql sql,
            DataSource writer,
            DataSource readers,
            LongSupplier free,
            Wakeup wakeup,
            Runnable release,
            long readBytes,
            Supplier<String> newEpoch)
            throws SQLException {
        this.sql = sql;
        this.writer = writer;
        this.readers = readers;
        this.free = free;
        this.wakeup = wakeup;
        this.release = release;
        this.readBytes = readBytes;
        this.newEpoch = newEpoch;
        this.epoch = new Epoch(create(newEpoch.get()));
    }

    /** What depends on the epoch. */
    private final class Epoch {
        private final String id;
        private final JdbcReads reads;
        private final Feed feed;

        Epoch(String id) {
            this.id = id;
            this.reads = new JdbcReads(new MessageRows(sql, id), readBytes);
            this.feed = sql.feed(readers, reads);
        }
    }

    @Override
    public void renewEpoch() throws StorageException {
        String former = epoch.id;
        epoch = attempt(sql, () -> {
            try (Connection connection = readers.getConnection();
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE veche_log SET epoch = ? WHERE epoch = ?");
                    PreparedStatement select = connection.prepareStatement("SELECT epoch FROM veche_log")) {
                update.setString(1, newEpoch.get());
                update.setString(2, former);
                update.executeUpdate();
                return new Epoch(only(select));
            }
        });
        ids.clear();
    }

    private static String only(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String create(String initial) throws SQLException {
        String create = "INSERT INTO veche_log (one, epoch) VALUES (1, ?) ON CONFLICT (one) DO NOTHING";
        try (Connection connection = writer.getConnection();
                PreparedStatement insert = connection.prepareStatement(create);
                PreparedStatement select = connection.prepareStatement("SELECT epoch FROM veche_log")) {
            insert.setString(1, initial);
            insert.executeUpdate();
            return only(select);
        }
    }

    @Override
    public String epoch() {
        return epoch.id;
    }

    @Override
    public Transaction begin(SortedSet<RoomName> rooms, SortedSet<RoomName> written) throws StorageException {
        return attempt(sql, () -> {
            Connection connection = writer.getConnection();
            JdbcTransaction transaction = null;
            try {
                loadIds(connection, rooms, written);
                transaction = new JdbcTransaction(connection, sql, epoch.reads, known(rooms), rooms, wakeup::signal);
                transaction.claim();
                return transaction;
            } catch (SQLException | RuntimeException e) {
                ids.clear();
                if (transaction == null) {
                    connection.close();
                } else {
                    transaction.close();
                }
                throw e;
            }
        });
    }

    private RoomIds known(SortedSet<RoomName> rooms) {
        return new RoomIds(
                rooms.stream().filter(ids::containsKey).collect(Collectors.toMap(Function.identity(), ids::get)));
    }

    /** Creates rooms in a separate transaction, so that no transaction waits for a new room while it locks others. */
    private void loadIds(Connection connection, SortedSet<RoomName> rooms, SortedSet<RoomName> written)
            throws SQLException {
        Rows unknown = new Rows(TEXT);
        rooms.stream().filter(room -> !ids.containsKey(room)).forEach(room -> unknown.add(room.value()));
        if (!unknown.isEmpty()) {
            sql.query(connection, sql.roomId(), unknown, this::putId);
            Rows created = new Rows(TEXT);
            written.stream().filter(room -> !ids.containsKey(room)).forEach(room -> created.add(room.value()));
            create(connection, created);
        }
    }

    private void create(Connection connection, Rows rooms) throws SQLException {
        if (!rooms.isEmpty()) {
            sql.begin(connection);
            try {
                sql.update(connection, sql.createRoom(), rooms);
                sql.commit(connection);
            } catch (SQLException e) {
                sql.rollback(connection);
                throw e;
            }
            sql.query(connection, sql.roomId(), rooms, this::putId);
        }
    }

    private void putId(ResultSet row) throws SQLException {
        ids.put(new RoomName(row.getString(1)), row.getLong(2));
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) throws StorageException {
        return read(connection -> epoch.reads.after(connection, room, position, limit));
    }

    @Override
    public List<Message> before(RoomName room, long position, int limit) throws StorageException {
        return read(connection -> epoch.reads.before(connection, room, position, limit));
    }

    @Override
    public Optional<Message> find(RoomName room, UUID id) throws StorageException {
        return read(connection -> epoch.reads.find(connection, room, id));
    }

    @Override
    public List<Revision> revisions(RoomName room, UUID id) throws StorageException {
        return read(connection -> epoch.reads.revisions(connection, room, id));
    }

    @Override
    public List<RoomName> rooms() throws StorageException {
        return read(connection -> epoch.reads.rooms(connection));
    }

    @Override
    public List<RoomName> overdue(RoomSelection selection, long messages, long cutoff, int limit)
            throws StorageException {
        return read(connection -> epoch.reads.overdue(connection, selection, messages, cutoff, limit));
    }

    @Override
    public List<Held> held(String author, String room, long after, int limit) throws StorageException {
        return read(connection -> new HeldRows(sql, epoch.id).read(connection, author, room, after, limit));
    }

    @Override
    public Usage usage(long max) throws StorageException {
        return read(connection -> new Usage(sql.usedBytes(connection, max), free.getAsLong()));
    }

    private <T> T read(Query<T> query) throws StorageException {
        return query(sql, readers, query);
    }

    /** Runs an operation over a connection of a data source, as {@link #attempt}. */
    static <T> T query(Sql sql, DataSource source, Query<T> query) throws StorageException {
        return attempt(sql, () -> {
            try (Connection connection = source.getConnection()) {
                return query.run(connection);
            }
        });
    }

    /** Runs an operation; exceptions other than {@link SQLException} are attributed to the content. */
    static <T> T attempt(Sql sql, Work<T> work) throws StorageException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new StorageException(e, sql.isAboutContent(e));
        } catch (RuntimeException e) {
            throw new StorageException(e, true);
        }
    }

    /** As {@link #attempt}, without a result. */
    static void execute(Sql sql, Action action) throws StorageException {
        attempt(sql, () -> {
            action.run();
            return true;
        });
    }

    @Override
    public List<OutboxRow> outbox(int limit, long bytes) throws StorageException {
        return read(connection -> new OutboxTable(connection).ready(limit, bytes));
    }

    @Override
    public void refuse(OutboxRow row, String reason) throws StorageException {
        query(sql, writer, connection -> {
            new OutboxTable(connection).refuse(row.id(), reason);
            return true;
        });
    }

    @Override
    public Feed feed() {
        return epoch.feed;
    }

    @Override
    public Wakeup wakeup() {
        return wakeup;
    }

    @Override
    public StateStorage stateStore() {
        return new JdbcStateStore(sql, writer, readers, wakeup::signal);
    }

    @Override
    public void close() {
        wakeup.close();
        release.run();
    }
}
