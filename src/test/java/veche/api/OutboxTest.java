package veche.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The outbox where there is neither CDI nor JTA, as on Tomcat. Its rows are verified by {@code OutboxContract}. */
class OutboxTest {
    private static final OutboxMessage MESSAGE =
            OutboxMessage.to("orders").from("server:shop", "Shop").text("shipped");

    @Test
    void aConnectionMustHaveATransaction() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            Outbox outbox = Outbox.over(new JdbcDataSource());
            connection
                    .createStatement()
                    .execute(Files.readString(Path.of("src/main/resources/db/outbox/standard.sql")));
            assertThrows(IllegalStateException.class, () -> outbox.publish(connection, MESSAGE));
            assertThrows(
                    IllegalStateException.class, () -> Outbox.on(connection).publish(MESSAGE));
        }
    }

    @Test
    void aRefusalOfTheDatabaseIsReported() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            connection.setAutoCommit(false);
            Outbox outbox = Outbox.on(connection);
            OutboxException thrown = assertThrows(OutboxException.class, () -> outbox.publish(MESSAGE));
            assertTrue(thrown.getMessage().contains("VECHE_OUTBOX"), thrown.getMessage());
            assertThrows(SQLException.class, () -> outbox.publish(connection, MESSAGE));
        }
    }

    @Test
    void withoutJtaAConnectionIsRequired() {
        assertRequiresConnection(Outbox.over(new JdbcDataSource()));
        assertRequiresConnection(new InjectedOutbox());
    }

    private static void assertRequiresConnection(Outbox outbox) {
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> outbox.publish(MESSAGE));
        assertEquals("This server has no JTA; use Outbox.publish(Connection, OutboxMessage)", thrown.getMessage());
    }

    /** The annotations of CDI are not loaded where they are missing, and JTA is not needed until there is some. */
    @Test
    void theClassesAreUsableWithTheJdkAlone() throws Exception {
        URL classes = Outbox.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> messages = loader.loadClass(OutboxMessage.class.getName());
            Object to = messages.getMethod("to", String.class).invoke(null, "orders");
            Object from =
                    to.getClass().getMethod("from", String.class, String.class).invoke(to, "server:shop", "Shop");
            Object message = from.getClass().getMethod("text", String.class).invoke(from, "shipped");
            assertEquals(
                    Optional.of("shipped"), message.getClass().getMethod("text").invoke(message));
            Class<?> outboxes = loader.loadClass(Outbox.class.getName());
            Object outbox =
                    outboxes.getMethod("over", javax.sql.DataSource.class).invoke(null, new JdbcDataSource());
            Exception thrown = assertThrows(
                    Exception.class,
                    () -> outboxes.getMethod("publish", messages).invoke(outbox, message));
            assertInstanceOf(IllegalStateException.class, thrown.getCause());
        }
    }
}
