package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scrolling of the message list in isolation: it follows the end, or keeps its position. */
class MessageListIT extends ModuleBench {
    /** Twenty messages of 50 px and the pending ones in a viewport of 200 px. */
    private static final String ROOM = """
            const { MessageList } = await import('/context/js/message-list.js');
            document.body.innerHTML = `<div id="scroller" style="height: 200px; overflow-y: auto; overflow-anchor: none">
              <div id="feed"></div><div id="waiting"></div></div>`;
            const [scroller, feed, waiting] = ['scroller', 'feed', 'waiting'].map(id => document.getElementById(id));
            const article = ({ id }) => {
              const made = document.createElement('article');
              made.dataset.id = id;
              made.style.height = '50px';
              return made;
            };
            const view = { article, join() {}, refresh() {} };
            const list = new MessageList({ scroller, feed, waiting, view, load: async () => {}, moved() {}, isTail: () => true });
            const messages = Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, position: index + 1 }));
            const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            const frames = async () => { for (let left = 3; left > 0; left--) await frame(); };
            const toGo = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
            list.add(messages, 'last');
            await frames();
            """;

    @Test
    void theListStaysAtTheEndWhilePendingMessagesGoAndPicturesLoad() {
        var seen = evaluate(ROOM + """
                waiting.style.height = '300px';
                await frames();
                const before = [list.atEnd, toGo()];
                waiting.style.height = '0';
                await frame(); // the browser has adjusted the position and fires the event with the next frame
                feed.lastElementChild.style.height = '450px';
                await frames();
                return [...before, list.atEnd, toGo()];
                """);
        assertEquals(List.of(true, 0, true, 0), seen);
    }

    @Test
    void theScrolledUpListKeepsItsPositionWhenContentIsAddedBelow() {
        var seen = evaluate(ROOM + """
                scroller.scrollTop -= 300;
                await frames();
                const top = scroller.scrollTop;
                feed.lastElementChild.style.height = '450px';
                list.add([{ id: '20', position: 21 }], 'last');
                await frames();
                return [list.atEnd, scroller.scrollTop - top, toGo()];
                """);
        assertEquals(List.of(false, 0, 750), seen);
    }

    @Test
    void growthAboveDoesNotMoveVisibleMessages() {
        var seen = evaluate(ROOM + """
                scroller.scrollTop -= 300;
                await frames();
                const read = feed.children[14];
                const top = read.getBoundingClientRect().top;
                feed.firstElementChild.style.height = '250px';
                list.add([{ id: '-1', position: 0 }], 'first');
                await frames();
                return [list.atEnd, read.getBoundingClientRect().top - top];
                """);
        assertEquals(List.of(false, 0), seen);
    }

    @Test
    void returningToTheEndFollowsAgain() {
        var seen = evaluate(ROOM + """
                scroller.scrollTop -= 300;
                await frames();
                scroller.scrollTop += 290;
                await frames();
                list.add([{ id: '20', position: 21 }], 'last');
                await frames();
                return [list.atEnd, toGo()];
                """);
        assertEquals(List.of(true, 0), seen);
    }

    @Test
    void aBurstIsLaidOutOncePerFrame() {
        var seen = evaluate(ROOM + """
                let measured = 0;
                const height = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollHeight');
                Object.defineProperty(scroller, 'scrollHeight', { get() { measured++; return height.get.call(this); } });
                for (let number = 20; number < 120; number++) list.add([{ id: `${number}`, position: number + 1 }], 'last');
                const during = measured;
                await frames();
                return [during, list.atEnd, toGo()];
                """);
        assertEquals(List.of(0, true, 0), seen);
    }

    @Test
    void timeFormattersAreCreatedOnce() {
        var made = evaluate("""
                const { clock, day } = await import('/context/js/i18n.js');
                const Original = Intl.DateTimeFormat;
                const shown = ['toLocaleTimeString', 'toLocaleDateString'];
                let made = 0;
                Intl.DateTimeFormat = function (...given) { made++; return new Original(...given); };
                shown.forEach(name => (Date.prototype[name] = () => { made++; return ''; }));
                for (let minute = 0; minute < 100; minute++) {
                  clock(document.createElement('time'), new Date(2020, 0, 1, 0, minute));
                  day(document.createElement('time'), new Date(2020, 0, 1, 0, minute));
                }
                return made;
                """);
        assertEquals(3, made); // time, date, and both for the tooltip
    }

    /** Numbers of the messages that show the author, for messages of one author at this interval. */
    private Object named(int secondsApart, String more) {
        return evaluate("""
                const { Authors } = await import('/context/js/authors.js');
                const { Names } = await import('/context/js/names.js');
                const { MessageView } = await import('/context/js/message-view.js');
                const { MessageList } = await import('/context/js/message-list.js');
                document.body.innerHTML = '<div id="scroller"><div id="feed"></div><div id="waiting"></div></div>';
                const [scroller, feed, waiting] = ['scroller', 'feed', 'waiting'].map(id => document.getElementById(id));
                const view = new MessageView({ me: () => ({ id: 'me', name: 'Me' }), find: () => {}, react() {}, jump() {}, names: () => new Names(), authors: () => new Authors() });
                const list = new MessageList({ scroller, feed, waiting, view, load: async () => {}, moved() {}, isTail: () => true });
                const message = number => ({ id: `${number}`, position: number + 1, at: new Date(2020, 0, 1, 12, 0, number * Number(argument)),
                  author: { id: 'a', name: 'Anna' }, kind: 'text', text: 'text', file: null, target: null, reactions: new Map() });
                const range = (from, to) => Array.from({ length: to - from }, (_, index) => message(from + index));
                const named = () => [...feed.querySelectorAll('article:not(.continued)')].map(article => Number(article.dataset.id));
                """ + more + "return named();", String.valueOf(secondsApart));
    }

    @Test
    void aMonologueNamesItsAuthorAgainAfterTenMessages() {
        assertEquals(List.of(0, 10, 20), named(1, "list.add(range(0, 25), 'last');"));
    }

    @Test
    void aMonologueNamesItsAuthorAgainAfterFiveMinutes() {
        assertEquals(List.of(0, 3, 6), named(100, "list.add(range(0, 8), 'last');"));
    }

    @Test
    void groupsAreTheSameWhicheverPageIsLoadedFirst() {
        var seen = named(1, "list.add(range(13, 35), 'last'); list.add(range(0, 13), 'first');");
        assertEquals(List.of(0, 10, 20, 30), seen);
    }

    @Test
    void trimmingTheTopKeepsTheGroups() {
        var seen = named(1, "list.add(range(0, 25), 'last'); list.drop(range(0, 3));");
        assertEquals(List.of(3, 10, 20), seen);
    }
}
