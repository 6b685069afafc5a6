package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sending, editing, deleting and rendering messages in two windows on a real server. */
class ChatPageIT extends RealServer {
    @Test
    void twoWindowsExchangeMessagesWithAcknowledgement() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        send(anna, "Good morning, everyone");
        assertThat(bubbles(boris)).hasText(new String[] {"Good morning, everyone"});
        send(boris, "Доброе утро 👋");
        assertThat(bubbles(anna)).hasText(new String[] {"Good morning, everyone", "Доброе утро 👋"});
        assertThat(anna.locator("article.own .tick")).hasAttribute("aria-label", "Sent");
        assertThat(anna.locator("article.own .author")).hasText("Anna");
        assertThat(anna.locator("#waiting > li")).hasCount(0);
        assertThat(boris.locator("#announce")).hasText("Anna: Good morning, everyone");
    }

    @Test
    void messagesAreNotDeliveredToOtherRooms() {
        Page here = enter(window("Anna"), newRoom());
        Page there = enter(window("Boris"), newRoom());
        sendAndAwait(here, "for this room");
        sendAndAwait(there, "for that room");
        assertThat(bubbles(there)).hasText(new String[] {"for that room"});
    }

    @Test
    void theAuthorEditsAMessage() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "A typo hree");
        anna.locator("#message-text").press("ArrowUp");
        assertThat(anna.locator("#context-title")).hasText("Editing your message");
        assertThat(anna.locator("#message-text")).hasValue("A typo hree");
        assertThat(anna.locator("#send")).hasText("Save");
        keep(anna, "editing");
        send(anna, "A typo here");
        assertThat(anna.locator("#send")).hasText("Send");
        assertThat(bubbles(boris)).hasText(new String[] {"A typo here"});
        assertThat(boris.locator(".edited")).hasText("edited");
        assertThat(anna.locator("#message-text")).hasValue("");
        boris.reload();
        assertThat(bubbles(boris)).hasText(new String[] {"A typo here"});
    }

    @Test
    void aFollowUpShowsTimeAcknowledgementAndEditMark() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        sendAndAwait(anna, "The first one");
        sendAndAwait(anna, "A second one");
        anna.locator("#message-text").press("ArrowUp");
        send(anna, "The second one");
        Locator second = message(anna, "The second one");
        assertThat(second).hasClass(Pattern.compile("continued"));
        for (var mark : List.of("time", ".tick", ".edited")) {
            assertThat(second.locator(mark)).isVisible();
        }
        anna.mouse().move(0, 0);
        keep(anna, "follow-up");
        assertEquals(true, second.evaluate("""
                        article => {
                          const [head, bubble] = ['.head', '.bubble'].map(name => article.querySelector(name));
                          return getComputedStyle(head).opacity === '1' && head.getBoundingClientRect().left >= bubble.getBoundingClientRect().right;
                        }"""));
    }

    @Test
    void onlyTheAuthorDeletesAMessageForEveryone() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "never mind");
        message(boris, "never mind").hover();
        assertThat(boris.locator(".actions [data-action=remove]")).isHidden();
        assertThat(boris.locator(".actions [data-action=edit]")).isHidden();
        act(anna, message(anna, "never mind"), "remove");
        anna.locator("#remove button[value=remove]").click();
        assertThat(bubbles(boris)).hasText(new String[] {"Deleted"});
        assertThat(bubbles(anna)).hasText(new String[] {"Deleted"});
    }

    @Test
    void reactionsAreCountedAndRemoved() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "The bell is cast");
        Locator received = message(boris, "The bell is cast");
        received.hover();
        boris.locator(".actions .emoji").first().click();
        assertThat(message(anna, "The bell").locator(".reaction .tally")).hasText("1");
        assertThat(message(anna, "The bell").locator(".reaction")).hasAttribute("aria-label", "👍 1, Boris");
        message(anna, "The bell").locator(".reaction").click();
        assertThat(received.locator(".reaction .tally")).hasText("2");
        assertThat(received.locator(".reaction")).hasAttribute("aria-label", "👍 2, Boris, Anna");
        assertThat(message(anna, "The bell")).isFocused();
        received.locator(".reaction").click();
        assertThat(message(anna, "The bell").locator(".reaction .tally")).hasText("1");
        assertThat(received.locator(".reaction")).hasAttribute("aria-pressed", "false");
        act(boris, received, "pick");
        boris.locator("#emoji button").nth(5).click();
        assertThat(message(anna, "The bell").locator(".reaction")).hasCount(2);
    }

    @Test
    void aReplyQuotesItsMessageAndJumpsToIt() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "Has the bell been rung?");
        act(boris, message(boris, "Has the bell"), "reply");
        assertThat(boris.locator("#context-title")).hasText("Reply to Anna");
        send(boris, "Three times");
        Locator answer = anna.locator("article", new Page.LocatorOptions().setHasText("Three times"));
        assertThat(answer.locator(".quote")).hasText("AnnaHas the bell been rung?");
        answer.locator(".quote").click();
        assertThat(message(anna, "Has the bell").first()).isFocused();
        assertThat(boris.locator("#context")).isHidden();
    }

    @Test
    void draftsAreKeptPerRoom() {
        var one = newRoom();
        var two = newRoom();
        Page anna = enter(window("Anna"), one);
        anna.locator("#message-text").fill("half a thought");
        goTo(anna, two);
        assertThat(anna.locator("#message-text")).hasValue("");
        anna.locator("#message-text").fill("another");
        anna.reload();
        assertThat(anna.locator("#message-text")).hasValue("another");
        anna.goBack();
        assertThat(anna.locator("#room-title")).hasText(one);
        assertThat(anna.locator("#message-text")).hasValue("half a thought");
    }

    @Test
    void linksAreSafeCodeIsCodeAndMarkupIsText() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        send(anna, "see https://example.com/a_(b). javascript:alert(1) <img src=x onerror=alert(1)> `x < y`");
        Locator link = bubbles(anna).locator("a");
        assertThat(link).hasCount(1);
        assertThat(link).hasText("https://example.com/a_(b)");
        assertThat(link).hasAttribute("rel", "noopener noreferrer nofollow ugc");
        assertThat(bubbles(anna).locator("img")).hasCount(0);
        assertThat(bubbles(anna).locator("code")).hasText("x < y");
        send(anna, "```js\nlet x = 1;\n\nif (x) go();\n```");
        assertThat(bubbles(anna).locator("pre code")).hasText("let x = 1;\n\nif (x) go();");
        send(anna, "🎉🎉");
        assertThat(anna.locator(".bubble.jumbo")).hasText("🎉🎉");
    }

    @Test
    void anEmojiFromThePickerIsInsertedAtTheCursor() {
        Page anna = enter(window("Anna"), newRoom());
        anna.locator("#message-text").fill("tea");
        anna.locator("#emoji-button").click();
        assertThat(anna.locator("#emoji button").first()).isFocused();
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("ArrowDown");
        anna.keyboard().press("Enter");
        assertThat(anna.locator("#message-text")).hasValue("tea☕");
        assertThat(anna.locator("#message-text")).isFocused();
    }

    @Test
    void rightToLeftTextIsRenderedRightToLeft() {
        Page anna = enter(window("Anna"), newRoom());
        sendAndAwait(anna, "مرحبا بالعالم");
        assertEquals("rtl", bubbles(anna).evaluate("bubble => getComputedStyle(bubble).direction"));
        sendAndAwait(anna, "hello world");
        assertEquals("ltr", bubbles(anna).last().evaluate("bubble => getComputedStyle(bubble).direction"));
    }

    @Test
    void aTooLongTextIsRejectedWithAnExplanation() {
        Page anna = enter(window("Anna"), newRoom());
        send(anna, "x".repeat(4001));
        assertThat(anna.locator("#remark")).hasText("The message is 1 character too long; the limit is 4,000.");
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void thePageHasSecurityHeaders() {
        var headers = chromium.window().navigate(server.home()).headers();
        var policy = headers.get("content-security-policy");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertEquals("nosniff", headers.get("x-content-type-options"));
    }
}
