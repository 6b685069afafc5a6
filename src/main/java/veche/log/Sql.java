package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * How one database says it. Stateless and thread-safe. The statements named here take {@link Rows}; what all databases
 * say alike stands where it is used.
 */
interface Sql {
    /** Takes a row of a result. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Creates a room unless it is there; takes its name. */
    String createRoom();

    /** A room's name and id by its name. */
    String roomId();

    /** A room's id, first and last position and time of the last message by its id; locks it in the order of ids. */
    String claimRoom();

    /** Adds a message; takes the columns of {@link MessageRows#TYPES}. */
    String addMessage();

    /** Adds or renews a key; takes room, author, key, id, position, time. */
    String addKey();

    /**
     * Room, author, key, id, position and time of a key, then {@link MessageRows#COLUMNS}, by room, author, key and the
     * earliest time.
     */
    String knownKey();

    /** The id of a message that is deleted; takes room and id. */
    String deletedMessage();

    /** Sets a room's last position and its time; takes id, position, time. */
    String advanceRoom();

    /** Forgets keys; takes a time and how many at most. */
    String forgetKeys();

    /**
     * Keeps the present content of a message; takes room, id, time, the id of what replaces it, and 1 where that is a
     * deletion, which replaces a file's name and bytes too.
     */
    String addRevision();

    /** Sets the present content of a message that is not deleted; takes room, id, text, weight and 1 for a deletion. */
    String amendMessage();

    /**
     * Clears the texts of a message's edits; takes room, the message's id, and the id of the edit that keeps its text
     * unless the message is deleted.
     */
    String clearEdits();

    /** Removes revisions; takes a time and how many at most. */
    String forgetRevisions();

    /** Runs a statement for each row. */
    void update(Connection connection, String statement, Rows rows) throws SQLException;

    /** Runs a query for each row. */
    void query(Connection connection, String query, Rows rows, RowReader reader) throws SQLException;

    /** Begins a durable transaction that sees what others have committed. */
    void begin(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /** Gives an id to a statement. */
    void setId(PreparedStatement statement, int column, UUID id) throws SQLException;

    /** Reads an id, or null. */
    UUID id(ResultSet row, int column) throws SQLException;

    /** Reads a text, or null. */
    String text(ResultSet row, int column) throws SQLException;

    /** Whether the content was to blame, not the database. */
    boolean isAboutContent(SQLException failure);

    /** Runs a statement without parameters. */
    static void execute(Connection connection, String statement) throws SQLException {
        try (Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
