package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import veche.room.Draft;
import veche.room.Extent;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;

/** What a log does beyond {@link MessageLogContract} that outlives its process. */
abstract class LastingLogContract extends RevisionContract {
    @Test
    void everythingIsThereAfterARestart() throws Exception {
        MessageLog before = open();
        Message first = get(before.append(room, keyed(ANNA, "one", "k"))).message();
        say(before, 10);
        Extent extent = get(before.open(room));
        before.close();

        MessageLog after = open();
        assertEquals(extent, get(after.open(room)));
        assertEquals(first, get(after.find(room, first.id())).orElseThrow());
        Appended again = get(after.append(room, keyed(ANNA, "one", "k")));
        assertTrue(again.repeated());
        assertEquals(first, again.message());
        assertEquals(
                12,
                get(after.append(room, Draft.text(ANNA, "next")))
                        .message()
                        .position()
                        .number());
        assertEquals(upTo(12), positions(get(after.after(room, 0, 100))));
    }
}
