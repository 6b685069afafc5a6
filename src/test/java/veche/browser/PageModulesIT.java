package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backoff, outbox, mentions and room names in isolation. */
class PageModulesIT extends ModuleBench {

    @Test
    void theDelayIsSpreadOverAWindowThatDoublesUpToThirtySeconds() {
        var delays = evaluate("""
                const { fullJitter } = await import('/context/js/backoff.js');
                const max = attempt => fullJitter(attempt, () => 0.999999);
                return [fullJitter(3, () => 0), max(0), max(1), max(2), max(5), max(6), max(40)];
                """);
        assertEquals(List.of(0, 499, 999, 1999, 15999, 29999, 29999), delays);
    }

    @Test
    void aSearchIsNarrowedDownInEitherLanguage() {
        var parsed = evaluate("""
                const { parse } = await import('/context/js/search-query.js');
                const day = text => new Date(`${text}T00:00`).toISOString();
                const seen = [
                  parse('ship from:"Anna Petrova"  has:FILE'),
                  parse('от:Анна после:2026-01-31 до:2026-12-31'),
                  parse('from: has:nothing before:soon at 10:30 https://from:x'),
                ];
                const meant = [
                  { text: 'ship', from: 'Anna Petrova', files: true },
                  { text: '', from: 'Анна', since: day('2026-02-01'), until: day('2026-12-31') },
                  { text: 'from: has:nothing before:soon at 10:30 https://from:x' },
                ];
                return JSON.stringify(seen) === JSON.stringify(meant) ? 'same' : JSON.stringify(seen);
                """);
        assertEquals("same", parsed);
    }

    @Test
    void earlierMessagesAreLoadedEvenIfALiveMessageArrivesFirst() {
        var texts = evaluate("""
                const { Room } = await import('/context/js/room.js');
                const entry = position => ({ id: `m${position}`, position, epoch: 'e', at: '2026-11-24T10:00:00.000Z', kind: 'text', text: `${position}`, author: { id: 'user:a', name: 'A' } });
                const answers = {
                  'veche.join': () => ({ room: 'square', epoch: 'e', position: 1 }),
                  'veche.members': () => [],
                  'veche.history': ({ before }) => (before > 1 ? [entry(1)] : []),
                };
                const session = {
                  isOpen: true,
                  call: async (procedure, kwargs) => answers[procedure](kwargs),
                  subscribe: async (topic, listener) => {
                    if (topic !== 'veche.room.square') return;
                    listener({ details: { _recovered: true, _epoch: 'e', _position: 1 } });
                    listener({ details: {}, argsDict: entry(2) });
                  },
                };
                const room = new Room(session, 'square');
                await room.enter();
                return room.log.messages.map(({ text }) => text);
                """);
        assertEquals(List.of("1", "2"), texts);
    }

    @Test
    void textsAreTruncatedBetweenGraphemeClusters() {
        var seen = evaluate("""
                const { initials, excerpt } = await import('/context/js/message-view.js');
                const { openFile } = await import('/context/js/media-type.js');
                const { cut } = await import('/context/js/clusters.js');
                const family = '\\u{1F468}\\u200D\\u{1F469}\\u200D\\u{1F467}';
                const letter = 'e\\u0301';
                return [
                  initials(`${family} ${letter}va`) === (family + letter).toLocaleUpperCase(),
                  excerpt({ text: 'x'.repeat(118) + family + 'tail' }) === 'x'.repeat(118) + '…',
                  openFile(new Uint8Array(4), 'x'.repeat(119) + letter + 'y').name === 'x'.repeat(119),
                  cut('a' + letter.repeat(50_000), 60_000).length === 59_999,
                  cut('short', 5),
                ];
                """);
        assertEquals(List.of(true, true, true, true, "short"), seen);
    }

    @ParameterizedTest
    @CsvSource({
        "'reconnect within 10000 ms', 10000",
        "'restarting; 250ms', 250",
        "'back in 99999999 ms', 600000",
        "'in 3 minutes', -1",
        "'', -1"
    })
    void theWindowIsTheFirstNumberOfMilliseconds(String reason, int window) {
        var found = evaluate("return (await import('/context/js/backoff.js')).windowIn(argument) ?? -1", reason);
        assertEquals(window, found);
    }

    @Test
    void theOutboxSendsOneAfterAnotherWithDistinctKeys() {
        var log = evaluate("""
                const { Outbox } = await import('/context/js/outbox.js');
                const calls = [];
                const answers = [];
                const session = { isOpen: true, bufferedAmount: 0, call(procedure, kwargs) {
                  calls.push(kwargs);
                  return new Promise((resolve, reject) => answers.push({ resolve, reject }));
                } };
                const outbox = new Outbox(session);
                const called = async count => { while (calls.length < count) await new Promise(done => setTimeout(done)); };
                const settled = async state => { while (first.state !== state) await new Promise(done => setTimeout(done)); };
                const first = outbox.add({ room: 'square', text: 'first' });
                outbox.add({ room: 'square', text: 'second' });
                await called(1);
                session.isOpen = false;
                answers[0].reject(new Error('connection closed'));
                await settled('waiting');
                session.isOpen = true;
                outbox.pump();
                await called(2);
                answers[1].resolve({ position: 1 });
                await called(3);
                return [calls.map(call => call.text).join(), calls[0].key === calls[1].key, calls[1].key !== calls[2].key, first.state];
                """);
        assertEquals(List.of("first,first,second", true, true, "acknowledged"), log);
    }

    @Test
    void theOutboxSurvivesThePageAndAsksBeforeSendingOldMessages() {
        var states = evaluate("""
                const { Outbox, SURE_MS } = await import('/context/js/outbox.js');
                const { keep } = await import('/context/js/vault.js');
                await new Promise(done => (indexedDB.deleteDatabase('veche').onsuccess = done));
                const closed = { isOpen: false, bufferedAmount: 0 };
                const item = { room: 'square', procedure: 'veche.send', data: null, target: null, size: 4, state: 'sending', reason: null };
                await keep({ ...item, key: 'one', text: 'yesterday', at: Date.now() - SURE_MS - 1000, order: 0 });
                await keep({ ...item, key: 'two', text: 'just now', at: Date.now(), order: 1 });
                const outbox = new Outbox(closed);
                await outbox.restore();
                return outbox.items.map(({ key, text, state }) => [key, text, state].join());
                """);
        assertEquals(List.of("one,yesterday,unsure", "two,just now,waiting"), states);
    }

    @Test
    void theOutboxIsBounded() {
        var taken = evaluate("""
                const { Outbox, MAX_ITEMS, MAX_BYTES } = await import('/context/js/outbox.js');
                const closed = { isOpen: false, bufferedAmount: 0 };
                const many = new Outbox(closed);
                for (let count = 0; count < MAX_ITEMS; count++) many.add({ room: 'a', text: 'text' });
                const large = new Outbox(closed);
                return [many.items.length === MAX_ITEMS, many.add({ room: 'a', text: 'one more' }) === null,
                  large.add({ room: 'a', data: new Blob([new ArrayBuffer(MAX_BYTES)]) }) !== null, large.add({ room: 'a', text: 'one more' }) === null];
                """);
        assertEquals(List.of(true, true, true, true), taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @Anna, come                 | true
            @anna petrova, come         | false
            @Anna Petrov, come          | true
            @Anna Ivanova, come         | false
            @Anna Chen, come            | false
            see `@Anna`                 | false
            """)
    void aMentionInAnotherRoomMatchesTheLongestKnownName(String text, boolean found) {
        var rooms = evaluate("""
                const { Mentions } = await import('/context/js/mentions.js');
                const { Names } = await import('/context/js/names.js');
                const here = new Names();
                here.add('Anna Chen');
                const found = [];
                const mentions = new Mentions({
                  search: async () => ({ messages: [{ author: { id: 'i', name: 'Anna Ivanova' }, text: argument }] }),
                  members: async () => [{ id: 'p', name: 'Anna Petrova' }],
                  names: () => here,
                  me: () => ({ id: 'a', name: 'Anna' }),
                  found: room => found.push(room),
                });
                await mentions.look([{ room: 'there', epoch: 'e', position: 1, from: 0 }]);
                return found;
                """, text);
        assertEquals(found ? List.of("there") : List.of(), rooms);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lobby            | lobby
            a                | a
            0-a_b            | 0-a_b
            a--b             | a--b
            ' Team '         | team
            комната          | komnata
            Комната  для ёжиков | komnata-dlya-yozhikov
            ЩИ и объём       | shchi-i-obyom
            Київ             | kiiv
            и\u0306           | y
            Café Ångström    | cafe-angstrom
            Straße           | strasse
            ｆｕｌｌ             | full
            a.b              | room.letter .
            東京               | room.letter 東
            한글               | room.letter 한
            🎉                | room.letter 🎉
            -a               | room.start -
            _комната         | room.start _
            ''               | room.empty
            ' '              | room.empty
            """)
    void aRoomNameIsNormalizedForTheServer(String written, String room) {
        assertEquals(room, evaluate("""
                const { roomNamed } = await import('/context/js/room-name.js');
                const { room, fault } = roomNamed(argument);
                return room ?? [fault.key, fault.letter].filter(Boolean).join(' ');
                """, written));
    }

    @Test
    void aRoomNameHasAtMost64NormalizedCharacters() {
        assertEquals(List.of("a".repeat(64), 66), evaluate("""
                const { roomNamed } = await import('/context/js/room-name.js');
                return [roomNamed('A'.repeat(64)).room, roomNamed('ж'.repeat(33)).fault.count];
                """));
    }
}
