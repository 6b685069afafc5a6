package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Mentions: completion, matching and notification. */
class ChatMentionsIT extends RealServer {
    @Test
    void aMentionMatchesTheLongestKnownName() {
        var room = newRoom();
        Page petrova = enter(window("Anna Petrova"), room);
        sendAndAwait(petrova, "I was here before");
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        petrova.close();
        assertThat(boris.locator("#people > li")).hasCount(2);
        boris.locator("#message-text").pressSequentially("@anna p");
        assertThat(boris.locator("#names > li")).hasText(new String[] {"Anna Petrova"});
        boris.keyboard().press("Tab");
        boris.keyboard().type("is gone, @here");
        boris.keyboard().press("Enter");
        assertThat(message(anna, "is gone").locator(".mention")).hasText(new String[] {"@Anna Petrova"});
        assertThat(anna.locator("article.mentioned")).hasCount(0);
        Page again = enter(window("Anna Petrova"), room);
        assertThat(again.locator("article.mentioned .mention.me")).hasText("@Anna Petrova");
    }

    @Test
    void aMentionIsHighlightedOnceTheUserJoins() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        assertThat(sendAndAwait(anna, "Where is @Chen Wei?").locator(".mention"))
                .hasCount(0);
        enter(window("Chen Wei"), room);
        assertThat(message(anna, "Where is").locator(".mention")).hasText("@Chen Wei");
    }

    @Test
    void aMentionIsCompletedAndHighlighted() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        assertThat(boris.locator("#people > li")).hasCount(2);
        boris.locator("#message-text").pressSequentially("@an");
        assertThat(boris.locator("#names [aria-selected=true]")).hasText("Anna");
        boris.keyboard().press("Enter");
        boris.keyboard().type("come");
        boris.keyboard().press("Enter");
        assertThat(anna.locator("article.mentioned .mention.me")).hasText("@Anna");
        assertThat(message(boris, "come").locator(".mention")).hasText("@Anna");
        assertThat(boris.locator("article.mentioned")).hasCount(0);
    }

    @Test
    void aMentionPlaysASoundAndNotifiesAnInactiveUser() {
        var room = newRoom();
        Page anna = window("Anna");
        anna.context().grantPermissions(java.util.List.of("notifications"));
        anna.addInitScript("""
                localStorage.setItem('veche.notify', 'on');
                window.notes = [];
                window.strikes = 0;
                window.Notification = class { static permission = 'granted'; constructor(title, { body }) { notes.push(`${title}: ${body}`); } };
                const { start } = OscillatorNode.prototype;
                OscillatorNode.prototype.start = function (...when) { strikes++; return start.apply(this, when); };
                """);
        enter(anna, room);
        anna.locator("#message-text").click(); // audio requires user activation
        hide(anna, true);
        Page boris = enter(window("Boris"), room);
        send(boris, "nothing of note");
        send(boris, "@Anna, the ships are in");
        anna.waitForCondition(() -> (boolean) anna.evaluate("notes.length === 1 && strikes > 0"));
        assertEquals("Boris in " + room + ": @Anna, the ships are in", anna.evaluate("notes[0]"));
        assertThat(anna).hasTitle("(2) " + room + " · Veche");
        hide(anna, false);
        assertThat(anna).hasTitle(room + " · Veche");
        assertThat(anna.locator(".unread-line")).hasText("New");
    }
}
