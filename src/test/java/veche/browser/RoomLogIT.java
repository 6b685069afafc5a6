package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log in the browser: a bounded, gapless window with applied changes. */
class RoomLogIT extends ModuleBench {
    private static final String LOG = """
            const { RoomLog, MAX_MESSAGES } = await import('/context/js/room-log.js');
            const entry = (position, more = {}) => ({ id: `m${position}`, position, at: '2026-11-24T00:00:00.000Z',
              author: { id: 'a', name: 'Anna' }, kind: 'text', text: `text ${position}`, ...more });
            const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
            const texts = log => log.messages.map(message => message.deleted ? '-' : message.text);
            const log = new RoomLog();
            """;

    private Object log(String body) {
        return evaluate(LOG + body);
    }

    @Test
    void aKnownEntryIsIgnored() {
        var texts = log("""
                log.reset('e', 0);
                [entry(1), entry(2), entry(2), entry(1), entry(3)].forEach(each => log.append(each));
                return texts(log);
                """);
        assertEquals(List.of("text 1", "text 2", "text 3"), texts);
    }

    @Test
    void changesAreAppliedInLogOrderWheneverTheyAreRead() {
        var texts = log("""
                log.reset('e', 10);
                log.append(entry(11, { kind: 'edit', target: 'm3', text: 'third' }));
                log.prepend([...range(3, 8), entry(9, { kind: 'edit', target: 'm3', text: 'second' }), entry(10, { kind: 'delete', target: 'm4', text: null })]);
                return texts(log).slice(0, 3);
                """);
        assertEquals(List.of("third", "-", "text 5"), texts);
    }

    @Test
    void anEditChangesACaptionOrTheNameOfAFileThatHasNone() {
        var shown = log("""
                log.reset('e', 0);
                const data = new Uint8Array([1, 2, 3]);
                log.append(entry(1, { kind: 'file', data, text: 'old.bin' }));
                log.append(entry(2, { kind: 'file', data, text: 'caption', name: 'a.bin' }));
                log.append(entry(3, { kind: 'file', data, text: undefined, name: 'b.bin' }));
                const shown = () => log.messages.map(({ text, file, editable }) => `${file.name} ${text} ${editable}`);
                const before = shown();
                log.append(entry(4, { kind: 'edit', target: 'm1', text: 'new/.bin' }));
                log.append(entry(5, { kind: 'edit', target: 'm2', text: 'other' }));
                log.append(entry(6, { kind: 'edit', target: 'm2', text: undefined }));
                return [...before, ...shown()];
                """);
        assertEquals(
                List.of(
                        "old.bin  false",
                        "a.bin caption true",
                        "b.bin  true",
                        "new.bin  false",
                        "a.bin other true",
                        "b.bin  true"),
                shown);
    }

    @Test
    void aRepeatedReactionRemovesIt() {
        var counts = log("""
                log.reset('e', 0);
                log.append(entry(1));
                const count = () => log.get('m1').reactions.get('👍')?.size ?? 0;
                const react = (position, id) => log.append(entry(position, { kind: 'reaction', target: 'm1', text: '👍', author: { id, name: id } }));
                const counts = [];
                react(2, 'b'); counts.push(count());
                react(3, 'c'); counts.push(count());
                react(4, 'b'); counts.push(count());
                react(5, 'c'); counts.push(count());
                return counts;
                """);
        assertEquals(List.of(1, 2, 1, 0), counts);
    }

    @Test
    void theWindowIsBoundedAndCanBeMovedBackAndForthWithoutHoles() {
        var seen = log("""
                log.reset('e', 1000);
                for (let first = 1001; first > 1; first -= 100) {
                  log.prepend(range(Math.max(1, first - 100), first - 1));
                  log.trim('last');
                }
                const top = [log.first, log.last, log.messages.length, log.startReached];
                log.append(entry(1001, { kind: 'edit', target: 'm1', text: 'changed' }));
                log.append(entry(1002));
                const away = [log.atTail, log.tail, log.messages[0].text];
                while (!log.atTail) {
                  const next = range(log.last + 1, Math.min(log.last + 100, log.tail)).map(each => each.position === 1001 ? entry(1001, { kind: 'edit', target: 'm1', text: 'changed' }) : each);
                  log.extend(next);
                  log.trim('first');
                }
                const positions = log.messages.map(message => message.position);
                const holes = positions.filter((position, index) => index > 0 && position - positions[index - 1] !== 1);
                return { top, away, holes, end: [log.last, log.messages.length === MAX_MESSAGES] };
                """);
        assertEquals(
                Map.of(
                        "top", List.of(1, 400, 400, true),
                        "away", List.of(false, 1002, "changed"),
                        "holes", List.of(1002), // 1001 is an edit
                        "end", List.of(1002, true)),
                seen);
    }

    @Test
    void filesCountByTheirBytes() {
        var kept = log("""
                log.reset('e', 0);
                for (let position = 1; position <= 70; position++) {
                  log.append(entry(position, { kind: 'file', data: new Uint8Array(1024 * 1024) }));
                  log.trim('first');
                }
                return [log.messages.length, log.first];
                """);
        assertEquals(List.of(64, 7), kept);
    }

    @Test
    void aDeletedMessageHasNoTextFileOrReactions() {
        var gone = log("""
                log.reset('e', 0);
                log.append(entry(1, { kind: 'file', data: new Uint8Array(9) }));
                log.append(entry(2, { kind: 'reaction', target: 'm1', text: '👍' }));
                log.append(entry(3, { kind: 'delete', target: 'm1', text: null }));
                log.append(entry(4, { kind: 'edit', target: 'm1', text: 'back again' }));
                const message = log.get('m1');
                return [message.text, message.file === null, message.reactions.size, message.deleted];
                """);
        assertEquals(List.of("", true, 0, true), gone);
    }
}
