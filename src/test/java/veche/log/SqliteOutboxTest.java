package veche.log;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import veche.room.MessageLog;

class SqliteOutboxTest extends OutboxContract {
    @TempDir
    Path directory;

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory, limits);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("veche.db") + "?busy_timeout=10000");
    }
}
