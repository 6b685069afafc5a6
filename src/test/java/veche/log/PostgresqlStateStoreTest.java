package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import veche.room.MessageLog;
import veche.room.RoomStateStore;

class PostgresqlStateStoreTest extends DurableStateStoreContract {
    @Test
    void theApplicationWritesTheCredentialTable() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        String authid = "user-" + UUID.randomUUID();
        try (Connection connection = connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO veche_credential (authid, entry) VALUES (?, ?)")) {
            insert.setString(1, authid);
            insert.setString(2, "{}");
            insert.executeUpdate();
        }
        assertEquals("{}", get(stateStore.credentials()).get(authid));
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(Postgres.url(), "postgres", "");
    }

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "", limits);
    }
}
