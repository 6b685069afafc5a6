package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backoff, outbox and names of rooms, each by itself. */
class PageModulesIT extends ModuleBench {

    @Test
    void theDelayIsSpreadOverAWindowThatDoublesUpToThirtySeconds() {
        var delays = evaluate("""
                const { fullJitter } = await import('/context/js/backoff.js');
                const most = attempt => fullJitter(attempt, () => 0.999999);
                return [fullJitter(3, () => 0), most(0), most(1), most(2), most(5), most(6), most(40)];
                """);
        assertEquals(List.of(0, 499, 999, 1999, 15999, 29999, 29999), delays);
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
    void theOutboxSendsTheNextOnlyWhenTheBufferHasDrained() {
        var log = evaluate("""
                const { Outbox } = await import('/context/js/outbox.js');
                const line = { readyState: 1, bufferedAmount: 0, sent: 0,
                  send(data) { this.sent++; this.bufferedAmount += data.byteLength; } };
                const outbox = new Outbox(line);
                let progress;
                outbox.addEventListener('progress', ({ detail }) => progress = [detail.done, detail.total]);
                outbox.add(new ArrayBuffer(100000));
                outbox.add(new ArrayBuffer(50000));
                const log = [[line.sent, ...progress]];
                line.bufferedAmount = 40000; outbox.pump(); log.push([line.sent, ...progress]);
                line.bufferedAmount = 10000; outbox.pump(); log.push([line.sent, ...progress]);
                line.bufferedAmount = 0; outbox.pump(); log.push([line.sent, ...progress]);
                return log;
                """);
        var expected = List.of(
                List.of(1, 0, 150_000), List.of(1, 60_000, 150_000), List.of(2, 90_000, 150_000), List.of(2, 0, 0));
        assertEquals(expected, log);
    }

    @Test
    void whatWasOnItsWayWhenTheLineBrokeIsUnsureAndWhatWaitedStillWaits() {
        var states = evaluate("""
                const { Outbox } = await import('/context/js/outbox.js');
                const line = { readyState: 1, bufferedAmount: 0, send() { this.bufferedAmount = 1e6; } };
                const outbox = new Outbox(line);
                const items = ['said', 'on its way', 'waiting'].map((text, index) => {
                  line.bufferedAmount = index < 2 ? 0 : 1e6;
                  return outbox.add(text);
                });
                outbox.repeated('said');
                line.readyState = 3;
                outbox.lost();
                return [...items.map(item => item.state), String(outbox.length)];
                """);
        assertEquals(List.of("said", "unsure", "waiting", "2"), states);
    }

    @Test
    void theOutboxRefusesMoreThanItsBounds() {
        var taken = evaluate("""
                const { Outbox, MAX_ITEMS, MAX_BYTES } = await import('/context/js/outbox.js');
                const closed = { readyState: 3, bufferedAmount: 0 };
                const many = new Outbox(closed);
                for (let count = 0; count < MAX_ITEMS; count++) many.add('word');
                const large = new Outbox(closed);
                return [many.length === MAX_ITEMS, many.add('one more') === null,
                  large.add(new ArrayBuffer(MAX_BYTES)) !== null, large.add('one more') === null];
                """);
        assertEquals(List.of(true, true, true, true), taken);
    }

    @ParameterizedTest
    @CsvSource({
        "lobby, true",
        "a, true",
        "0-a_b, true",
        "-a, false",
        "A, false",
        "комната, false",
        "'', false",
        "a/b, false"
    })
    void aRoomsNameIsWhatTheServerTakes(String room, boolean taken) {
        assertEquals(taken, evaluate("return (await import('/context/js/place.js')).isRoom(argument)", room));
    }
}
