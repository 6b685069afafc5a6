package veche.log.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import veche.log.Postgres;

/** The database of the tests, to which connections fail while a flag is set, those in use as well. */
public final class SuspendableDatabase {
    private SuspendableDatabase() {}

    public static DataSource of(AtomicBoolean suspended) {
        return InterceptedCalls.of(DataSource.class, Postgres.server().getPostgresDatabase(), (method, call) -> {
            fail(suspended, method);
            return method.equals("getConnection") ? of((Connection) call.result(), suspended) : call.result();
        });
    }

    private static Connection of(Connection connection, AtomicBoolean suspended) {
        return InterceptedCalls.of(Connection.class, connection, (method, call) -> {
            fail(suspended, method);
            return call.result();
        });
    }

    private static void fail(AtomicBoolean suspended, String method) throws SQLException {
        if (suspended.get() && !method.equals("close")) {
            throw new SQLException("The database cannot be reached");
        }
    }
}
