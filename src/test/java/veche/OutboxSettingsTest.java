package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.MessageLog;

class OutboxSettingsTest {
    private static Optional<Boolean> reachable(OutboxSettings settings) {
        MessageLog log = Logs.memory(LogLimits.DEFAULT);
        try {
            settings.connect(log);
            return log.outbox().reachable();
        } finally {
            log.close();
        }
    }

    @Test
    void thereIsNoOtherOutboxUnlessOneIsSet() {
        assertEquals(Optional.empty(), reachable(new OutboxSettings("", "", "", "")));
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        assertEquals(Optional.of(true), reachable(new OutboxSettings("", url, "", "")));
    }

    @Test
    void aDataSourceThatIsMissingIsReportedAtTheStart() {
        OutboxSettings settings = new OutboxSettings("java:comp/env/jdbc/none", "", "", "");
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> reachable(settings));
        assertEquals(
                "veche.outbox.data-source=java:comp/env/jdbc/none is no data source of the server",
                thrown.getMessage());
    }

    @Test
    void aUrlWithoutADriverIsReportedAtTheStart() {
        assertThrows(RuntimeException.class, () -> reachable(new OutboxSettings("", "jdbc:none:x", "", "")));
    }

    @Test
    void secretsAreNotPrinted() {
        String printed = new OutboxSettings("", "jdbc:h2:mem:x;PASSWORD=a-secret", "user", "other-secret").toString();
        assertFalse(printed.contains("secret"), printed);
    }
}
