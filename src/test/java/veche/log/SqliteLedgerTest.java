package veche.log;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import veche.room.MessageLog;

class SqliteLedgerTest extends LastingLedgerContract {
    @TempDir
    Path directory;

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory.resolve("data"), limits);
    }
}
