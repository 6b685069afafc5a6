package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/** Moderation actions and their display to the users concerned. */
class ChatModerationIT extends RealServer {
    private static Page moderator(String room) {
        Page vera = chromium.window();
        vera.navigate(server.home() + "?room=" + room + "#token=" + Token.of("vera", "Vera", "moderator"));
        awaitEntered(vera);
        return vera;
    }

    private static Page inRussian(Page page) {
        page.addInitScript("localStorage.setItem('veche.language', 'ru')");
        return page;
    }

    @Test
    void aModeratorDeletesAMessage() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        sendAndAwait(guest, "an insult");
        Page vera = moderator(room);
        assertThat(vera.locator("#people > li", new Page.LocatorOptions().setHasText("you")))
                .containsText("Vera");
        act(vera, message(vera, "an insult"), "remove");
        vera.locator("#remove button[value=remove]").click();
        assertThat(bubbles(guest)).hasText(new String[] {"Deleted"});
    }

    @Test
    void aMutedAuthorSeesTheReasonAndWritesAgainAfterTheUnmute() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        sendAndAwait(guest, "an insult");
        Page vera = moderator(room);
        moderate(vera, "mute");
        send(guest, "another");
        var why = Pattern.compile("^You were muted by a moderator \\(room " + room + "\\) until .*\\d: enough$");
        assertThat(guest.locator("#remark")).hasText(why);
        assertThat(guest.locator("#waiting .status")).containsText("not sent: You were muted by a moderator");
        assertThat(guest.locator("#waiting button")).hasText(new String[] {"Discard"});
        assertThat(guest.locator("#message-text")).not().isEditable();
        assertThat(guest.locator("#send")).isDisabled();
        keep(guest, "muted");
        guest.reload();
        assertThat(guest.locator("#remark")).hasText(why);
        goTo(guest, newRoom());
        sendAndAwait(guest, "free here");
        goTo(guest, room);
        assertThat(guest.locator("#send")).isDisabled();
        moderate(vera, "unmute");
        assertThat(guest.locator("#send")).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(30_000));
        assertThat(guest.locator("#remark")).isHidden();
        guest.locator("#waiting button", new Page.LocatorOptions().setHasText("Send again"))
                .click();
        assertThat(bubbles(guest)).hasText(new String[] {"an insult", "another"});
    }

    @Test
    void sanctionsAreShownInRussianOnARussianPage() {
        var room = newRoom();
        Page guest = enter(inRussian(window("Rowdy")), room);
        sendAndAwait(guest, "an insult");
        Page vera = moderator(room);
        moderate(vera, "mute");
        send(guest, "another");
        assertThat(guest.locator("#remark"))
                .hasText(
                        Pattern.compile("^Модератор запретил вам писать \\(комната " + room + "\\) до .*\\d: enough$"));
        moderate(vera, "kick");
        assertThat(guest.locator("#notice-text")).hasText("Модератор отключил вас (комната " + room + "): enough");
    }

    @Test
    void aUserRemovedFromARoomSeesTheReasonAndReturnsOnRequest() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        sendAndAwait(guest, "an insult");
        Page vera = moderator(room);
        moderate(vera, "kick");
        var why = "You were removed by a moderator (room " + room + "): enough";
        assertThat(guest.locator("#notice-text")).hasText(why);
        assertThat(guest.locator("#remark")).hasText(why);
        assertThat(guest.locator("#send")).isDisabled();
        assertThat(guest.locator("#state")).hasText("Connected");
        sendAndAwait(vera, "not for the guest");
        goTo(guest, newRoom());
        sendAndAwait(guest, "free here");
        goTo(guest, room);
        assertThat(bubbles(guest)).hasText(new String[] {"an insult", "not for the guest"});
        sendAndAwait(guest, "sorry");
    }

    @Test
    void aBannedUserSeesTheReasonOnReconnecting() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        sendAndAwait(guest, "an insult");
        Page vera = moderator(room);
        act(vera, message(vera, "an insult"), "moderate");
        vera.locator("#moderate-everywhere").check();
        apply(vera, "ban");
        var why = Pattern.compile("^You were banned by a moderator until .*\\d: enough$");
        assertThat(guest.locator("#trouble-text")).hasText(why);
        guest.locator("#retry").click();
        assertThat(guest.locator("#state")).hasText("Closed");
        assertThat(guest.locator("#trouble-text")).hasText(why);
        assertThat(guest.locator("#trouble-next")).hasText("It will not reconnect automatically.");
    }

    @Test
    void aModeratorOfOneRoomHasItsActionsThereOnly() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        sendAndAwait(guest, "an insult");
        Page tom = chromium.window();
        String token = Token.capable(room, List.of("member", "mute"), "tom", "Tom");
        tom.navigate(server.home() + "?room=" + room + "#token=" + token);
        awaitEntered(tom);
        message(tom, "an insult").hover();
        assertThat(tom.locator(".actions [data-action=remove]")).isHidden();
        act(tom, message(tom, "an insult"), "moderate");
        assertThat(tom.locator("#moderate-action option:not([hidden])")).hasCount(2);
        assertThat(tom.locator("#moderate-everywhere")).isHidden();
        apply(tom, "mute");
        send(guest, "another");
        assertThat(guest.locator("#message-text")).not().isEditable();
    }

    @Test
    void aGuestHasNoModerationActions() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(anna, "mine");
        message(boris, "mine").hover();
        assertThat(boris.locator(".actions [data-action=reply]")).isVisible();
        assertThat(boris.locator(".actions [data-action=moderate]")).isHidden();
        assertThat(boris.locator(".actions [data-action=remove]")).isHidden();
    }

    @Test
    void aForgedTokenIsRefusedWithoutARetry() {
        Page page = chromium.window();
        page.navigate(server.home() + "?room=" + newRoom() + "#token=forged");
        assertThat(page.locator("#state")).hasText("Closed");
        assertThat(page.locator("#trouble-text")).hasText("Sign-in failed: the token is invalid or has expired.");
        assertThat(page.locator("#trouble-reason")).isHidden();
        assertThat(page.locator("#trouble-next")).hasText("It will not reconnect automatically.");
    }

    @Test
    void disconnectingOffersToReconnect() {
        Page page = enter(window("Anna"), newRoom());
        page.locator("#leave").click();
        assertThat(page.locator("#trouble-text")).hasText("You disconnected.");
        assertThat(page.locator("#leave")).isDisabled();
        assertThat(page.locator("#retry")).isFocused();
        page.keyboard().press("Enter");
        awaitEntered(page);
        assertThat(page.locator("#leave")).isEnabled();
    }

    private static void moderate(Page moderator, String action) {
        act(moderator, message(moderator, "an insult"), "moderate");
        assertThat(moderator.locator("#moderate-title")).hasText("Moderate Rowdy");
        apply(moderator, action);
    }

    private static void apply(Page moderator, String action) {
        moderator.locator("#moderate-action").selectOption(action);
        Locator reason = moderator.locator("#moderate-reason");
        if (reason.isVisible()) {
            reason.fill("enough");
        }
        moderator.locator("#moderate-form button[type=submit]").click();
        assertThat(moderator.locator("#moderate")).isHidden();
    }
}
