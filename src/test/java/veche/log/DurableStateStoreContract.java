package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomStateStore;
import veche.room.RoomStateStore.RuleRow;

/** Requirements on a state store that is durable, beyond {@link StateStoreContract}. */
abstract class DurableStateStoreContract extends StateStoreContract {
    /** Connects to the database of {@link #open}, as the application does. */
    abstract Connection connect() throws SQLException;

    @Test
    void theApplicationWritesTheRuleTable() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        RuleRow rule = new RuleRow("user:" + UUID.randomUUID(), "class-*", "moderate rank=50");
        try (Connection connection = connect()) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO veche_rule (subject, name, terms) VALUES (?, ?, ?)")) {
                insert.setString(1, rule.subject());
                insert.setString(2, rule.name());
                insert.setString(3, rule.terms());
                insert.executeUpdate();
            }
            assertTrue(get(stateStore.rules()).contains(rule));
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM veche_rule WHERE subject = ?")) {
                delete.setString(1, rule.subject());
                delete.executeUpdate();
            }
        }
        assertFalse(get(stateStore.rules()).contains(rule));
    }

    @Test
    void theCredentialTableHasARandomKeyThatSurvivesARestart() throws Exception {
        MessageLog before = open();
        String key = get(before.stateStore().credentials()).get("");
        assertTrue(key.length() >= 64, key);
        before.close();
        assertEquals(key, get(open().stateStore().credentials()).get(""));
    }

    @Test
    void bansAuditLogReadMarksAndRevocationsSurviveARestart() throws Exception {
        String eve = "guest:" + UUID.randomUUID();
        MessageLog before = open();
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        ModerationAction ban = get(before.stateStore()
                .record(new ModerationAction(
                        0,
                        now,
                        new ModerationAction.Moderator(ANNA, 1, "2001:db8::1"),
                        ModerationAction.Type.BAN,
                        eve,
                        room,
                        null,
                        "spam",
                        null)));
        get(before.stateStore().mark(List.of(new ReadMark(eve, room, new Position("e", 7), now)), 0));
        RoomStateStore.Revocation revocation = new RoomStateStore.Revocation(eve, null, now, null);
        get(before.stateStore().revoke(revocation));
        before.close();

        MessageLog after = open();
        assertTrue(get(after.stateStore().sanctions()).contains(ban));
        assertEquals(ban, get(after.stateStore().after(ban.number() - 1, 1)).get(0));
        assertEquals(Map.of(room, new Position("e", 7)), get(after.stateStore().marks(eve)));
        assertTrue(get(after.stateStore().revocations(now)).contains(revocation));
    }
}
