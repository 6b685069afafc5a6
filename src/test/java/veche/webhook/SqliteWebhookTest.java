package veche.webhook;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.MessageLog;

class SqliteWebhookTest extends WebhookContract {
    @TempDir
    Path directory;

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory, limits);
    }
}
