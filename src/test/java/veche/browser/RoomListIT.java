package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of rooms over a scripted session. */
class RoomListIT extends ModuleBench {
    /** {@code answer(after)} returns a page of at most 200 rooms. */
    private static final String LIST = """
            const { RoomList } = await import('/context/js/room-list.js');
            const room = (name, position = 1, members = 0) => ({ room: name, epoch: 'e', position, members, last: null });
            const ul = document.body.appendChild(document.createElement('ul'));
            let answer = () => [];
            let current = 'here';
            let present = 1;
            const pages = [];
            const session = { isOpen: true, call: async (procedure, { after }) => (pages.push(after), answer(after)) };
            const { signal } = new AbortController();
            const list = new RoomList({ session, list: ul, current: () => current, present: () => present, go: () => {}, signal });
            """;

    @ParameterizedTest
    @CsvSource({"3, false, 2000", "150, false, 3000", "3, true, 10000", "1000, true, 20000"})
    void manyRoomsAndHiddenPagesArePolledLessOften(int rooms, boolean hidden, int pause) {
        assertEquals(pause, evaluate(LIST + """
                const [count, hidden] = argument.split(' ');
                const all = Array.from({ length: Number(count) }, (_, at) => room(`room-${String(at).padStart(4, '0')}`));
                answer = after => all.filter(({ room }) => room > after).slice(0, 200);
                Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden === 'true' });
                let pause;
                const { setTimeout } = globalThis;
                globalThis.setTimeout = (_, ms) => { pause = ms; };
                await list.ask();
                globalThis.setTimeout = setTimeout;
                return pause;
                """, rooms + " " + hidden));
    }

    @Test
    void allPagesOfRoomsAreLoaded() {
        assertEquals(List.of(List.of("", "room-199", "room-399"), 451), evaluate(LIST + """
                const all = Array.from({ length: 450 }, (_, at) => room(`room-${String(at).padStart(3, '0')}`));
                answer = after => all.filter(({ room }) => room > after).slice(0, 200);
                await list.ask();
                return [pages, ul.childElementCount];
                """));
    }

    @Test
    void anUnchangedListKeepsItsElementsAndAChangedRoomItsLink() {
        assertEquals(
                Map.of("moved", 0, "same", true, "focused", true, "label", "4 people present"), evaluate(LIST + """
                answer = () => [room('here'), room('there', 1, 3)];
                await list.ask();
                const link = ul.querySelector('[data-room=there]');
                link.focus();
                const changes = new MutationObserver(() => {});
                changes.observe(ul, { childList: true });
                await list.ask();
                answer = () => [room('here'), room('there', 1, 4)];
                await list.ask();
                const moved = changes.takeRecords().length;
                answer = () => [room('a'), room('here'), room('there', 1, 4)];
                await list.ask();
                return { moved, same: ul.querySelector('[data-room=there]') === link, focused: document.activeElement === link,
                  label: link.querySelector('.here').ariaLabel };
                """));
    }

    @Test
    void theCurrentRoomShowsThePagesOwnCount() {
        assertEquals(List.of("1 person present", "5 people present"), evaluate(LIST + """
                const label = () => ul.querySelector('[aria-current] .here').ariaLabel;
                answer = () => [room('here', 1, 3)];
                await list.ask();
                const before = label();
                present = 5;
                list.show();
                return [before, label()];
                """));
    }

    @Test
    void unreadMessagesOfListedRoomsAreCounted() {
        assertEquals(List.of(4, "team,there"), evaluate(LIST + """
                for (const name of ['here', 'lab-1', 'team', 'there']) list.markRead(name, { epoch: 'e', position: 1 });
                let unread;
                list.addEventListener('unread', ({ detail }) => (unread = detail));
                answer = () => [room('here', 7), room('lab-1', 7), room('never', 7), room('there', 4), room('team', 2)];
                await list.ask();
                return [list.unread, unread.map(each => each.room).join()];
                """));
    }

    @Test
    void aRoomWrittenToSinceTheLatestPollRemainsListedAfterItIsLeft() {
        assertEquals(List.of("here", "there"), evaluate(LIST + """
                answer = () => [room('emptied', 0), room('here', 0), room('mistyped', 0), room('there')];
                await list.ask();
                list.markRead('here', { epoch: 'e', position: 1 });
                list.markRead('emptied', { epoch: 'earlier', position: 1 });
                for (current of ['emptied', 'mistyped', 'there']) list.show();
                return [...ul.querySelectorAll('a')].map(link => link.dataset.room);
                """));
    }
}
