package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;

class MemoryLogTest extends RevisionContract {
    private static final long LIMIT = 1 << 20;

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.memory(limits);
    }

    @Test
    void aFullMemoryRefusesMessagesUntilSomeAreErased() throws Exception {
        MessageLog log = open(DurableLogContract.space(LIMIT, 0));
        int stored = 0;
        while (DurableLogContract.accepts(log, room)) {
            stored++;
        }
        assertTrue(stored > 40 && stored < 60, stored + " files of 20,000 bytes in 1 MiB");
        Message last = get(log.before(room, Long.MAX_VALUE, 1)).get(0);
        assertEquals(stored, last.position().number());
        get(log.append(room, new Draft(ANNA, Kind.DELETE, null, null, last.id(), null, Audience.EVERYONE)));
        await("the measurement counts revisions").until(() -> log.space().used() > LIMIT - 30_000);
        get(log.erase(room, ANNA.id()));
        await().until(() -> DurableLogContract.accepts(log, room));
        assertTrue(log.space().used() < LIMIT / 2);
    }
}
