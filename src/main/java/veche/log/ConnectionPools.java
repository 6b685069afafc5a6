package veche.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** What all connection pools of the logs have in common. */
final class ConnectionPools {
    /** How long an operation waits for a connection. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private ConnectionPools() {}

    static HikariDataSource create(HikariConfig config, int size) {
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        // The migration, which comes first, reports a failure to connect.
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(new LogThreads());
        return new HikariDataSource(config);
    }
}
