package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The message toolbar in isolation. */
class ActionsIT extends ModuleBench {

    @Test
    void theToolbarMovesToTheNextMessageAfterAReaction() {
        var seen = evaluate("""
                const { Actions } = await import('/context/js/actions.js');
                document.body.innerHTML = '<div id="feed"><article tabindex="-1" data-id="1"></article><article tabindex="-1" data-id="2"></article></div>';
                const errors = [];
                addEventListener('error', event => {
                  errors.push(event.message);
                  event.preventDefault();
                });
                const feed = document.getElementById('feed');
                const reacted = [];
                new Actions({
                  feed,
                  list: { messageOf: article => article && { id: article.dataset.id, editable: true } },
                  doing: { react: ({ id }) => reacted.push(id) },
                  may: { own: () => false, remove: () => false, moderate: () => false },
                });
                const hover = article => article.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
                const react = () => {
                  const button = feed.querySelector('.actions button');
                  button.focus();
                  button.click();
                };
                for (const article of [...feed.children, feed.firstElementChild]) {
                  hover(article);
                  react();
                }
                return [errors, reacted];
                """);
        assertEquals(List.of(List.of(), List.of("1", "2", "1")), seen);
    }

    @Test
    void theToolbarIsOneStopForTheTabKeyAndArrowsMoveWithinIt() {
        var seen = evaluate("""
                const { Actions } = await import('/context/js/actions.js');
                document.body.innerHTML = '<div id="feed"><article tabindex="-1" data-id="1"></article></div>';
                const feed = document.getElementById('feed');
                new Actions({
                  feed,
                  list: { messageOf: article => article && { id: article.dataset.id, editable: true } },
                  doing: {},
                  may: { own: () => true, remove: () => false, moderate: () => false },
                });
                feed.firstElementChild.focus();
                const shown = [...feed.querySelectorAll('.actions button:not([hidden])')];
                const press = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                const at = () => shown.indexOf(document.activeElement);
                const stops = () => shown.flatMap((button, index) => (button.tabIndex === 0 ? [index] : []));
                const seen = [stops()];
                shown[0].focus();
                for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
                  press(key);
                  seen.push([at(), ...stops()]);
                }
                return [shown.length, seen];
                """);
        assertEquals(
                List.of(
                        7,
                        List.of(List.of(0), List.of(1, 1), List.of(6, 6), List.of(0, 0), List.of(6, 6), List.of(0, 0))),
                seen);
    }

    /** Hovers over the first of two messages; returns a point on the first button of its toolbar. */
    private double[] overTheFirstButton() {
        var at = (List<?>) evaluate("""
                const { Actions } = await import('/context/js/actions.js');
                document.body.innerHTML = '<div id="feed" style="height: 300px; overflow: auto">'
                  + '<article tabindex="-1" data-id="1" style="height: 200px"></article>'
                  + '<article tabindex="-1" data-id="2" style="height: 800px"></article></div>';
                const feed = document.getElementById('feed');
                globalThis.reacted = [];
                new Actions({
                  feed,
                  list: { messageOf: article => article && { id: article.dataset.id, editable: true } },
                  doing: { react: ({ id }) => reacted.push(id) },
                  may: { own: () => false, remove: () => false, moderate: () => false },
                });
                feed.firstElementChild.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
                const { x, y } = feed.querySelector('.actions button').getBoundingClientRect();
                return [x + 2, y + 2];
                """);
        return at.stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
    }

    @Test
    void aPressedButtonActsThoughTheMessagesMoveBeforeTheRelease() {
        var at = overTheFirstButton();
        mouse().move(at[0], at[1]);
        mouse().down();
        evaluate("document.getElementById('feed').scrollTop = 400");
        mouse().up();
        assertEquals(List.of("1"), evaluate("return reacted"));
    }

    @Test
    void aPressThatIsReleasedElsewhereIsCancelled() {
        var at = overTheFirstButton();
        mouse().move(at[0], at[1]);
        mouse().down();
        mouse().move(at[0], at[1] + 100);
        mouse().up();
        assertEquals(List.of(), evaluate("return reacted"));
        mouse().move(at[0], at[1]);
        mouse().down();
        mouse().up();
        assertEquals(List.of("1"), evaluate("return reacted"));
    }
}
