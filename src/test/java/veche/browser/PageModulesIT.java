package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's modules, each by itself, in the browser that runs them. */
class PageModulesIT {

    private static Chromium chromium;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @BeforeEach
    void openAnEmptyPage() {
        chromium.tidy();
        page = chromium.window();
        PageFiles.serveTo(page);
        page.navigate(PageFiles.HOME + "nothing.html");
    }

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

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a00, image/png, png, true",
        "ffd8ffe000104a46, image/jpeg, jpg, true",
        "474946383961, image/gif, gif, true",
        "524946460000000057454250, image/webp, webp, true",
        "524946460000000057415645, application/octet-stream, bin, false",
        "255044462d312e37, application/octet-stream, pdf, false",
        "3c7376672078, application/octet-stream, bin, false",
        "3c21646f63747970652068746d6c3e, application/octet-stream, bin, false",
        "89, application/octet-stream, bin, false",
        "'', application/octet-stream, bin, false"
    })
    void bytesArePicturesOnlyByTheirMagic(String hex, String type, String extension, boolean picture) {
        var found = evaluate("""
                const { sniff } = await import('/context/js/media-type.js');
                return sniff(new Uint8Array((argument.match(/../g) ?? []).map(byte => parseInt(byte, 16))));
                """, hex);
        assertEquals(Map.of("type", type, "extension", extension, "picture", picture), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/jpeg", "image/webp"})
    void aPicturesSizeIsReadFromItsHeader(String type) {
        var found = evaluate("""
                const { pixels } = await import('/context/js/picture-size.js');
                const canvas = new OffscreenCanvas(301, 207);
                canvas.getContext('2d').fillRect(10, 10, 90, 90);
                const encodings = [0.5, 1].map(quality => canvas.convertToBlob({ type: argument, quality }));
                return Promise.all(encodings.map(async blob => pixels(await (await blob).arrayBuffer(), argument)));
                """, type);
        assertEquals(List.of(301 * 207, 301 * 207), found);
    }

    @ParameterizedTest
    @CsvSource({
        "image/gif, 47494638396110270004, 10240000",
        "image/webp, 524946460000000057454250565038580a00000000000000ffff00ffff00, 4294967296",
        "image/webp, 5249464600000000574542505650384c000000002f63c01800, 10000"
    })
    void aClaimOfPixelsIsReadWithoutDecoding(String type, String hex, long claimed) {
        var found = evaluate("""
                const { pixels } = await import('/context/js/picture-size.js');
                const [type, hex] = argument.split(' ');
                return String(pixels(new Uint8Array(hex.match(/../g).map(byte => parseInt(byte, 16))).buffer, type));
                """, type + " " + hex);
        assertEquals(String.valueOf(claimed), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/jpeg", "image/webp", "image/gif"})
    void aHeaderThatEndsTooSoonClaimsEverything(String type) {
        var found = evaluate("""
                const { pixels } = await import('/context/js/picture-size.js');
                return pixels(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]).buffer, argument) === Infinity;
                """, type);
        assertEquals(true, found);
    }

    @Test
    void bothLanguagesSayTheSameThingsWithTheSameFillings() {
        var differences = evaluate("""
                const { dictionaries } = await import('/context/js/i18n.js');
                const { en, ru } = dictionaries;
                const texts = entry => typeof entry === 'string' ? [entry] : Object.values(entry);
                const names = entry => [...new Set(texts(entry).join().match(/\\{\\w+\\}/g) ?? [])].sort().join();
                const keys = [...new Set([...Object.keys(en), ...Object.keys(ru)])];
                return keys.filter(key => !en[key] || !ru[key] || names(en[key]) !== names(ru[key]));
                """);
        assertEquals(List.of(), differences);
    }

    @Test
    void everyPluralHasAllFormsOfItsLanguage() {
        var incomplete = evaluate("""
                const { dictionaries } = await import('/context/js/i18n.js');
                return Object.entries(dictionaries).flatMap(([language, words]) => {
                  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
                  const plurals = Object.entries(words).filter(([, entry]) => typeof entry !== 'string');
                  return plurals.filter(([, entry]) => !forms.every(form => entry[form])).map(([key]) => language + key);
                });
                """);
        assertEquals(List.of(), incomplete);
    }

    @Test
    void everyWordThatThePagesAskForExists() {
        var missing = evaluate("""
                const { dictionaries } = await import('/context/js/i18n.js');
                const pages = await Promise.all(['index.html', 'hello.html'].map(async name => (await fetch('/context/' + name)).text()));
                const asked = [...pages.join().matchAll(/data-words(?:-label|-placeholder)?="([^"]+)"/g)].map(found => found[1]);
                return asked.length < 40 ? ['too few found: ' + asked.length] : asked.filter(key => !dictionaries.en[key]);
                """);
        assertEquals(List.of(), missing);
    }

    @Test
    void russianCountsAsRussianDoes() {
        var said = evaluate("""
                const { speak, words } = await import('/context/js/i18n.js');
                speak('ru');
                return [1, 3, 11, 21, 1.5].map(count => words('newer', { count }));
                """);
        assertEquals(
                List.of(
                        "1 новое сообщение",
                        "3 новых сообщения",
                        "11 новых сообщений",
                        "21 новое сообщение",
                        "1,5 нового сообщения"),
                said);
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

    @Test
    void aPictureIsMadeSmallEnoughAndStaysAPicture() {
        var result = asMap(evaluate("""
                const { shrink } = await import('/context/js/pictures.js');
                const canvas = new OffscreenCanvas(800, 600);
                const context = canvas.getContext('2d');
                const noise = context.createImageData(800, 600);
                for (let index = 0; index < noise.data.length; index++) noise.data[index] = index % 4 === 3 ? 255 : Math.random() * 256;
                context.putImageData(noise, 0, 0);
                const large = await canvas.convertToBlob({ type: 'image/png' });
                const small = await shrink(large, 60000);
                const { width, height } = await createImageBitmap(small);
                return { before: large.size, after: small.size, type: small.type, shape: Math.round(width / height * 10) };
                """));
        assertTrue((int) result.get("before") > 1_000_000, result::toString);
        assertTrue((int) result.get("after") <= 60_000, result::toString);
        assertEquals("image/webp", result.get("type"));
        assertEquals(13, result.get("shape"));
    }

    @Test
    void whatIsNoPictureCannotBeMadeSmaller() {
        var result = evaluate("""
                const { shrink } = await import('/context/js/pictures.js');
                return await shrink(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']), 10) === null;
                """);
        assertEquals(true, result);
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

    private Object evaluate(String body) {
        return evaluate(body, "");
    }

    private Object evaluate(String body, String argument) {
        return page.evaluate("async argument => {" + body + "}", argument);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
