package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/** A link with a token signs the user in, after a confirmation if they already have an identity. */
class SignInByLinkIT extends RealServer {
    private static final String VERA = "This link signs you in as Vera";

    @Test
    void theTokenIsRemovedFromTheAddressAndKeptInTheTab() {
        var room = newRoom();
        Page vera = chromium.window();
        vera.navigate(link(room, Token.of("vera", "Vera")));
        awaitEntered(vera);
        assertIs(vera, "Vera");
        assertEquals(server.home() + "?room=" + room, vera.url());
        vera.locator("#go-room").fill(room + "-b");
        vera.locator("#go-button").click();
        assertThat(vera.locator("#room-title")).hasText(room + "-b");
        assertEquals(server.home() + "?room=" + room + "-b", vera.url());
        vera.reload();
        awaitEntered(vera);
        assertIs(vera, "Vera");
        assertEquals(false, vera.evaluate("JSON.stringify(localStorage).includes(sessionStorage['veche.token'])"));
    }

    @Test
    void aGuestWithANameMayDeclineTheSignIn() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        anna.navigate(link(room, Token.of("vera", "Vera"))); // the same page with another fragment
        assertAsked(anna);
        assertEquals(server.home() + "?room=" + room, anna.url());
        assertEquals(List.of(), Accessibility.violationsOf(anna));
        anna.keyboard().press("Enter"); // on the initially focused button
        assertThat(anna.locator("#sign-in")).isHidden();
        sendAndAwait(anna, "still me");
        assertThat(anna.locator("article .author")).hasText("Anna");
        anna.reload();
        awaitEntered(anna);
        assertIs(anna, "Anna");
    }

    @Test
    void aGuestWithANameIsSignedInAfterConfirming() {
        Page anna = enter(window("Anna"), newRoom());
        anna.navigate(link(newRoom(), Token.of("vera", "Vera"))); // another room: a page that loads
        assertAsked(anna);
        awaitEntered(anna);
        assertIs(anna, "Anna");
        anna.locator("#sign-in button[value=take]").click();
        assertIs(anna, "Vera");
        sendAndAwait(anna, "as Vera");
        assertThat(anna.locator("article .author")).hasText("Vera");
    }

    @Test
    void aGuestWithoutANameIsAskedOnceTheyHaveWritten() {
        Page guest = enter(chromium.window(), newRoom());
        sendAndAwait(guest, "hello");
        guest.navigate(link(newRoom(), Token.of("vera", "Vera")));
        assertAsked(guest);
    }

    @Test
    void aSignedInUserIsAskedAboutAnotherUsersTokenOnly() {
        var room = newRoom();
        Page vera = chromium.window();
        vera.navigate(link(room, Token.of("vera", "Vera")));
        awaitEntered(vera);
        vera.navigate(link(room, Token.of("vera", "Vera", "moderator")));
        vera.waitForCondition(() -> !vera.url().contains("#"));
        assertThat(vera.locator("#sign-in")).isHidden();
        vera.navigate(link(room, Token.of("mallory", "Mallory")));
        assertThat(vera.locator("#sign-in-title")).hasText("This link signs you in as Mallory");
    }

    @Test
    void aRejectedTokenIsNotStored() {
        Page page = chromium.window();
        page.navigate(link(newRoom(), "forged"));
        assertThat(page.locator("#state")).hasText("Closed");
        page.reload();
        awaitEntered(page);
    }

    private static String link(String room, String token) {
        return server.home() + "?room=" + room + "#token=" + token;
    }

    private static void assertAsked(Page page) {
        assertThat(page.locator("#sign-in-title")).hasText(VERA);
        assertThat(page.locator("#sign-in")).isVisible();
    }

    private static void assertIs(Page page, String name) {
        assertThat(page.locator("#people > li", new Page.LocatorOptions().setHasText("you")))
                .containsText(name);
    }
}
