package veche.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures the log records about storage failures, which these tests provoke, until it is closed. */
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
