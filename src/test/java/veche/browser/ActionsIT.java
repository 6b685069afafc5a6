package veche.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The toolbar of the messages by itself. */
class ActionsIT extends ModuleBench {

    @Test
    void theToolbarComesToTheNextMessageAfterAReaction() {
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
                  list: { messageOf: article => article && { id: article.dataset.id, kind: 'text' } },
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
}
