package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class RetryingDataSourceTest {
    private static final Connection CONNECTION = proxy(Connection.class, () -> {
        throw new UnsupportedOperationException();
    });

    private final AtomicInteger attempts = new AtomicInteger();

    @FunctionalInterface
    private interface Answer {
        Object get() throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                RetryingDataSourceTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.get()));
    }

    /** Cannot be reached that often. */
    private DataSource failing(int times) {
        return proxy(DataSource.class, () -> {
            if (attempts.incrementAndGet() <= times) {
                throw new SQLException("Attempt " + attempts);
            }
            return CONNECTION;
        });
    }

    @Test
    void anOutageIsAwaited() throws SQLException {
        DataSource retrying = new RetryingDataSource(failing(20), Duration.ofMillis(1));
        assertSame(CONNECTION, retrying.getConnection());
        assertEquals(21, attempts.get());
    }

    @Test
    void anInterruptEndsTheAttempts() {
        DataSource retrying = new RetryingDataSource(failing(Integer.MAX_VALUE), Duration.ofDays(1));
        Thread.currentThread().interrupt();
        assertEquals(
                "Attempt 1",
                assertThrows(SQLException.class, retrying::getConnection).getMessage());
        assertTrue(Thread.interrupted());
    }
}
