package veche.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what the log writes about its failures, until closed: in these tests they are meant to happen. */
final class ExpectedFailures extends Handler implements AutoCloseable {
    final List<String> written = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("veche.log");

    ExpectedFailures() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        written.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
