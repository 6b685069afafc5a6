package veche.log;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import veche.room.MessageLog;

class SqliteStateStoreTest extends DurableStateStoreContract {
    @TempDir
    Path directory;

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory.resolve("data"), limits);
    }
}
