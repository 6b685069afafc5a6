package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Bursts of live messages and read positions, in isolation. */
class ArrivalsIT extends ModuleBench {
    private static final String ROOM = """
            const { Arrivals } = await import('/context/js/arrivals.js');
            const { RoomLog, MAX_MESSAGES } = await import('/context/js/room-log.js');
            const log = new RoomLog();
            log.reset('e', 0);
            const done = [];
            const ids = messages => messages.map(({ id }) => id);
            const list = { atEnd: true, add: (messages, end) => done.push([end, messages.length]), clear: () => done.push('clear') };
            const room = { log, trimTop: () => log.trim('first') };
            const arrivals = new Arrivals({ list, room: () => room, came: count => done.push(['came', count]), shown() {} });
            const entry = position => ({ id: `m${position}`, position, at: '2026-11-24T00:00:00.000Z', author: { id: 'a', name: 'Anna' }, kind: 'text', text: 'text' });
            const live = count => {
              for (let left = count; left > 0; left--) arrivals.take({ messages: [log.append(entry(log.tail + 1)).added], end: 'last', live: true });
            };
            const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            """;

    @Test
    void aBurstIsAddedOncePerFrame() {
        var done = evaluate(ROOM + "live(100); await frame(); live(50); await frame(); return done;");
        assertEquals(List.of(List.of("last", 100), List.of("last", 50)), done);
    }

    @Test
    void messagesTrimmedAtOnceAreNotAdded() {
        assertEquals(List.of(List.of("last", 400)), evaluate(ROOM + "live(3000); await frame(); return done;"));
    }

    @Test
    void awayFromTheEndNewMessagesAreCounted() {
        var done = evaluate(ROOM + "list.atEnd = false; live(7); await frame(); return done;");
        assertEquals(List.of(List.of("last", 7), List.of("came", 7)), done);
    }

    @Test
    void loadedMessagesAreAddedBehindPendingLiveOnes() {
        var done = evaluate(ROOM + """
                live(3);
                arrivals.take({ messages: [{}, {}], end: 'last', live: false });
                await frame();
                return done;
                """);
        assertEquals(List.of(List.of("last", 3), List.of("last", 2)), done);
    }

    @Test
    void pendingMessagesAreDroppedWithTheWindow() {
        assertEquals(List.of("clear"), evaluate(ROOM + "live(3); arrivals.clear(); await frame(); return done;"));
    }

    @Test
    void theReadPositionIsStoredOncePerSecond() {
        var marks = evaluate("""
                const { Reading } = await import('/context/js/reading.js');
                document.hasFocus = () => true;
                const timers = [];
                window.setTimeout = (run, after) => timers.push([run, after]);
                const marks = [];
                const rooms = { readIn: () => null, markRead: (name, { position }) => marks.push([name, position]) };
                const room = { name: 'a', log: { epoch: 'e', tail: 0, atTail: true } };
                const reading = new Reading({ session: new EventTarget(), rooms, list: { atEnd: true }, room: () => room, signal: new AbortController().signal });
                for (let tail = 1; tail <= 100; tail++) {
                  room.log.tail = tail;
                  reading.look();
                }
                const during = [...marks];
                timers.find(([, after]) => after === 1000)[0]();
                return [during, marks];
                """);
        assertEquals(List.of(List.of(List.of("a", 1)), List.of(List.of("a", 1), List.of("a", 100))), marks);
    }
}
