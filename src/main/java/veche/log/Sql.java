package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one database. Stateless and thread-safe. The statements of this interface take {@link Rows} as parameters.
 * Statements that are the same in all databases are in the classes that execute them.
 */
interface Sql {
    /** Reads a row of a result. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Creates a room unless it exists; takes its name. */
    String createRoom();

    /** Selects a room's name and id by its name. */
    String roomId();

    /** Selects a room's name, first and last position, and the time of the last message; takes its name. */
    String boundsOfRoom();

    /**
     * Selects and locks a room: id, first and last position, time of the last message; takes an id. Several rooms are
     * locked in the order of their ids.
     */
    String claimRoom();

    /** Adds a message; takes the columns of {@link MessageRows#TYPES}. */
    String addMessage();

    /** Adds or renews a key; takes room, author, key, id, position, time. */
    String addKey();

    /**
     * Selects room, author, key, id, position and time of a key, then {@link MessageRows#COLUMNS}; takes room, author,
     * key and the earliest time.
     */
    String knownKey();

    /** Selects the id of a message if it is deleted; takes room and id. */
    String deletedMessage();

    /** Sets a room's last position and its time; takes id, position and time. */
    String advanceRoom();

    /** Deletes keys recorded before a time; takes the time and the maximum number. */
    String forgetKeys();

    /**
     * Copies the current content of a message to a revision; takes room, id, time, the id of the replacing message, and
     * 1 if that is a deletion, which also replaces a file's name and bytes, otherwise 0.
     */
    String addRevision();

    /** Sets the content of a message that is not deleted; takes room, id, text, weight, and 1 for a deletion or 0. */
    String amendMessage();

    /**
     * Clears the texts of a message's edits; takes room, the message's id, and the id of the edit that keeps its text
     * if the message is not deleted.
     */
    String clearEdits();

    /**
     * Deletes revisions replaced before a time, except those under a legal hold; takes the time, the present time and
     * the maximum number.
     */
    String forgetRevisions();

    /** Executes a statement for each row. */
    void update(Connection connection, String statement, Rows rows) throws SQLException;

    /** Executes a query for each row. */
    void query(Connection connection, String query, Rows rows, RowReader reader) throws SQLException;

    /** As {@link Storage#usage}: the bytes that the messages occupy. */
    long usedBytes(Connection connection, long max) throws SQLException;

    /** Reads the only number of a result. */
    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The present time in milliseconds since 1970, by the clock of the database. */
    String presentMillis();

    /** Deletes the rows of a table whose {@code at_ms} is before a time. */
    static void deleteBefore(Connection connection, String table, long time) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE at_ms < ?")) {
            delete.setLong(1, time);
            delete.executeUpdate();
        }
    }

    /** Begins a durable transaction that reads data committed by others. */
    void begin(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    /** Commits and reports the commit to all nodes, if several can use the database. */
    default void commit(Connection connection, List<FeedEntry> entries) throws SQLException {
        commit(connection);
    }

    /**
     * As {@link #commit(Connection, List)}, for messages.
     *
     * @param epoch of the messages; as {@code seen}, it must be the present one
     * @param seen as in {@link Storage.Transaction#commit}
     */
    default void commit(Connection connection, List<FeedEntry> entries, String epoch, long seen) throws SQLException {
        commit(connection);
    }

    /** The feed of the database; {@link Feed#NONE} if only one process can use it. */
    default Feed feed(DataSource dataSource, JdbcReads reads) {
        return Feed.NONE;
    }

    /**
     * Deletes entries of the feed; takes their minimum age in milliseconds and the maximum number. Empty without a
     * feed.
     */
    default String forgetFeed() {
        return "";
    }

    void rollback(Connection connection) throws SQLException;

    /** Sets an id as parameter of a statement. */
    void setId(PreparedStatement statement, int column, UUID id) throws SQLException;

    /** Reads an id, or null. */
    @Nullable
    UUID idOrNull(ResultSet row, int column) throws SQLException;

    /** Reads a text, or null. */
    @Nullable
    String textOrNull(ResultSet row, int column) throws SQLException;

    /** Reads an id from a column that is {@code NOT NULL}. */
    default UUID id(ResultSet row, int column) throws SQLException {
        return present(idOrNull(row, column), column);
    }

    /** Reads a text from a column that is {@code NOT NULL}. */
    default String text(ResultSet row, int column) throws SQLException {
        return present(textOrNull(row, column), column);
    }

    private static <T> T present(@Nullable T value, int column) throws SQLException {
        if (value == null) {
            throw new SQLException("NULL in column " + column + " of the result");
        }
        return value;
    }

    /** Whether the content caused the failure, rather than the state of the database. */
    boolean isAboutContent(SQLException failure);

    /** Executes a statement without parameters. */
    static void execute(Connection connection, String statement) throws SQLException {
        try (Statement jdbcStatement = connection.createStatement()) {
            jdbcStatement.execute(statement);
        }
    }
}
