package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The migration by several nodes. */
class MigrationsTest {
    /** The statements before Flyway locks the tables against other nodes. */
    static IntStream statements() {
        return IntStream.rangeClosed(8, 18);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void anotherNodeMayMigrateAnEmptyDatabaseAtTheSameTime(int statement) throws SQLException {
        DataSource database = database("together_" + statement);
        AtomicInteger statements = new AtomicInteger();
        Migrations.run("postgresql", intercepting(database, () -> {
            if (statements.incrementAndGet() == statement) {
                Migrations.run("postgresql", database);
            }
        }));
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT count(*) FROM veche_room")) {
            row.next();
            assertEquals(0, row.getInt(1));
        }
    }

    private static DataSource database(String name) throws SQLException {
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Postgres.server().getDatabase("postgres", name);
    }

    /** @param before runs before each statement */
    private static DataSource intercepting(DataSource database, Runnable before) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(method, database, arguments);
            return result instanceof Connection connection ? intercepting(connection, before) : result;
        });
    }

    private static Connection intercepting(Connection connection, Runnable before) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") || method.getName().equals("createStatement")) {
                before.run();
            }
            return invoke(method, connection, arguments);
        });
    }

    private static Object invoke(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(MigrationsTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
