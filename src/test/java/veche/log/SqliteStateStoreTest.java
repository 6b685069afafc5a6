package veche.log;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import veche.room.MessageLog;

class SqliteStateStoreTest extends DurableStateStoreContract {
    @TempDir
    Path directory;

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("data").resolve("veche.db"));
    }

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory.resolve("data"), limits);
    }
}
