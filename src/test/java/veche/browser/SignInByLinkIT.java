package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A link that brings a token signs its reader in, but makes nobody somebody else without being asked. */
class SignInByLinkIT extends RealServer {
    private static final String VERA = "This link signs you in as Vera";

    @Test
    void theTokenLeavesTheAddressAtOnceAndStaysInTheTab() {
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
    void aGuestWithANameIsAskedAndMayStayWhoTheyAre() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        anna.navigate(link(room, Token.of("vera", "Vera"))); // the same page: only the fragment is another
        assertAsked(anna);
        assertEquals(server.home() + "?room=" + room, anna.url());
        assertEquals(List.of(), Accessibility.faultsOf(anna));
        anna.keyboard().press("Enter"); // on what has the focus first
        assertThat(anna.locator("#sign-in")).isHidden();
        saidBy(anna, "still me");
        assertThat(anna.locator("article .author")).hasText("Anna");
        anna.reload();
        awaitEntered(anna);
        assertIs(anna, "Anna");
    }

    @Test
    void aGuestWithANameWhoConsentsIsSignedIn() {
        Page anna = enter(window("Anna"), newRoom());
        anna.navigate(link(newRoom(), Token.of("vera", "Vera"))); // another room: a page that loads
        assertAsked(anna);
        awaitEntered(anna);
        assertIs(anna, "Anna");
        anna.locator("#sign-in button[value=take]").click();
        assertIs(anna, "Vera");
        saidBy(anna, "as Vera");
        assertThat(anna.locator("article .author")).hasText("Vera");
    }

    @Test
    void aGuestWithoutANameIsAskedOnceTheyHaveWritten() {
        Page guest = enter(chromium.window(), newRoom());
        saidBy(guest, "hello");
        guest.navigate(link(newRoom(), Token.of("vera", "Vera")));
        assertAsked(guest);
    }

    @Test
    void whoIsSignedInIsAskedAboutSomebodyElsesTokenOnly() {
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
    void aTokenThatTheServerDoesNotTakeIsNotKept() {
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
