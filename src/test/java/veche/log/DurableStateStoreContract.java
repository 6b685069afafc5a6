package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Requirements on a state store that is durable, beyond {@link StateStoreContract}. */
abstract class DurableStateStoreContract extends StateStoreContract {
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
