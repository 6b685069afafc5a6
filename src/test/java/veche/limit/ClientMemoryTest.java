package veche.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientMemoryTest {
    private final Refusals refusals = new Refusals();
    private final ClientMemory memory = new ClientMemory(112, refusals);

    @Test
    void theLimitHoldsForTheSumOfAllParts() {
        memory.writes(() -> 12);
        for (ClientMemory.Part part : EnumSet.complementOf(EnumSet.of(ClientMemory.Part.WRITE))) {
            memory.counter(part).add(12);
            assertEquals(12, memory.bytes(part));
        }
        assertEquals(108, memory.total());
        assertFalse(memory.refuses());
        memory.counter(ClientMemory.Part.CALL).add(5);
        assertTrue(memory.refuses());
        memory.counter(ClientMemory.Part.OUTBOX).add(-1);
        assertFalse(memory.refuses());
        assertEquals(1, refusals.counter("max-client-bytes").sum());
    }

    @Test
    void messagesThatWaitForTheLogCount() {
        AtomicLong pending = new AtomicLong(113);
        memory.writes(pending::get);
        assertEquals(113, memory.bytes(ClientMemory.Part.WRITE));
        assertTrue(memory.refuses());
        pending.set(0);
        assertFalse(memory.refuses());
    }
}
