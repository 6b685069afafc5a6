package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/** Presence, typing indicators, read receipts, and names. */
class ChatPeopleIT extends RealServer {
    @Test
    void presenceTypingAndReadReceiptsAreShown() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        assertThat(anna.locator("#present")).hasText("1 person here");
        Page boris = enter(window("Boris"), room);
        assertThat(anna.locator("#present")).hasText("2 people here");
        assertThat(anna.locator("#people > li bdi")).hasText(new String[] {"Anna", "Boris"});
        boris.locator("#message-text").fill("Just a mo");
        assertThat(anna.locator("#typing")).hasText("Boris is typing …");
        send(boris, "Here");
        assertThat(message(anna, "Here")).isVisible();
        assertThat(anna.locator("#typing")).hasText("");
        sendAndAwait(anna, "Do you see me?");
        assertThat(message(anna, "Do you see me?").locator(".readers")).hasText("Read by Boris");
        boris.close();
        assertThat(anna.locator("#present")).hasText("1 person here");
    }

    @Test
    void equalNamesAreDistinguished() {
        var room = newRoom();
        Page one = enter(window("Anna Petrova"), room);
        sendAndAwait(one, "I am Anna");
        assertThat(one.locator("article .mark")).hasText(new String[] {""});
        Page other = enter(window("anna petrova"), room);
        sendAndAwait(other, "No, I am");
        var mark = Pattern.compile("#.{4}");
        for (Page page : new Page[] {one, other}) {
            assertThat(page.locator("#people > li .mark")).hasText(new Pattern[] {mark, mark});
            assertThat(page.locator("#people > li .guest")).hasText(new String[] {"guest"});
            assertThat(page.locator("article .mark")).hasText(new Pattern[] {mark, mark});
            assertEquals(
                    2,
                    Set.copyOf(page.locator("article .mark").allTextContents()).size());
        }
        assertThat(one.locator("article .readers").first()).hasText(Pattern.compile("Read by anna petrova #.{4}"));
        keep(one, "namesakes");
    }

    @Test
    void aGuestIsMarkedAndCannotTakeTheNameOfAUser() {
        var room = newRoom();
        Page olga = enter(chromium.window(), room + "#token=" + Token.of("olga", "Olga"));
        Page guest = enter(window("OLGA"), room);
        sendAndAwait(guest, "It is me");
        assertThat(olga.locator("article .author")).hasText("OLGA 2");
        assertThat(olga.locator("article .guest")).hasText("guest");
        assertThat(olga.locator("article")).hasAttribute("aria-label", Pattern.compile("OLGA 2 \\(guest\\).*"));
        assertThat(guest.locator("#people > li", new Page.LocatorOptions().setHasText("you")))
                .containsText("OLGA 2");
        assertEquals(List.of(), Accessibility.violationsOf(olga));
        sendAndAwait(olga, "It is not");
        assertThat(guest.locator("article .guest")).hasCount(2);
        assertThat(guest.locator("article .guest").first()).isHidden(); // of the own message
        assertThat(guest.locator("article .guest").last()).isHidden();
    }

    @Test
    void aNewNameAppliesAtOnceToTheSameAuthor() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        sendAndAwait(anna, "first");
        Page boris = enter(window("Boris"), room);
        assertThat(boris.locator("#people > li")).hasCount(2);
        boris.evaluate("""
                () => {
                  window.present = new Set();
                  const list = document.getElementById('people');
                  new MutationObserver(() => present.add(list.childElementCount)).observe(list, { childList: true });
                }""");
        anna.locator("#name").fill("Анна II");
        anna.locator("#enter").click();
        for (Page page : new Page[] {anna, boris}) {
            assertThat(page.locator("#people > li .you")).hasCount(1);
            assertThat(page.locator("#people > li bdi", new Page.LocatorOptions().setHasText("Анна II")))
                    .hasCount(1);
            assertThat(page.locator("article .author")).hasText(new String[] {"Анна II"});
        }
        sendAndAwait(anna, "second");
        assertThat(anna.locator("article.own")).hasCount(2);
        assertThat(anna.locator("article .author").last()).hasText("Анна II");
        assertEquals(List.of(2), boris.evaluate("() => [...present]"));
        anna.locator("#name").fill("x".repeat(33));
        anna.locator("#enter").click();
        assertThat(anna.locator("#place-error")).containsText("at most 32 visible characters");
    }
}
