package veche.log;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Fails when it is told to. Thread-safe. */
final class FlakyDataSource implements DataSource {
    private final Callable<Connection> target;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean interrupted;

    FlakyDataSource(Callable<Connection> target) {
        this.target = target;
    }

    /** The next rows that are to be removed are not. */
    void failAtDelete(int times) {
        failures.set(times);
    }

    /** The failures to come. */
    int failures() {
        return failures.get();
    }

    /** No connection is possible meanwhile. */
    void interrupt(boolean now) {
        interrupted = now;
    }

    /** The number of connections so far. */
    int connections() {
        return connections.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        connections.incrementAndGet();
        if (interrupted) {
            throw new SQLException("interrupted");
        }
        try {
            return failing(target.call());
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    private Connection failing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && arguments[0].toString().startsWith("DELETE")
                            && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new SQLException("The connection was lost");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("No " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
