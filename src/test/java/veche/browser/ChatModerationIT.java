package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What moderators do, and in which words those concerned learn of it. */
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
        saidBy(guest, "an insult");
        Page vera = moderator(room);
        assertThat(vera.locator("#people > li", new Page.LocatorOptions().setHasText("you")))
                .containsText("Vera");
        ChatPageIT.act(vera, message(vera, "an insult"), "remove");
        vera.locator("#remove button[value=remove]").click();
        assertThat(said(guest)).hasText(new String[] {"Taken back"});
    }

    @Test
    void aMutedAuthorReadsWhyAndWritesAgainOnceTheMuteIsLifted() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        saidBy(guest, "an insult");
        Page vera = moderator(room);
        moderate(vera, "mute");
        say(guest, "another");
        var why = Pattern.compile("^You were muted by a moderator \\(room " + room + "\\) until .*\\d: enough$");
        assertThat(guest.locator("#remark")).hasText(why);
        assertThat(guest.locator("#waiting .status")).containsText("not accepted: You were muted by a moderator");
        assertThat(guest.locator("#waiting button")).hasText(new String[] {"Discard"});
        assertThat(guest.locator("#say")).not().isEditable();
        assertThat(guest.locator("#send")).isDisabled();
        keep(guest, "muted");
        guest.reload();
        assertThat(guest.locator("#remark")).hasText(why);
        ChatPageIT.goTo(guest, newRoom());
        saidBy(guest, "free here");
        ChatPageIT.goTo(guest, room);
        assertThat(guest.locator("#send")).isDisabled();
        moderate(vera, "unmute");
        assertThat(guest.locator("#send")).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(30_000));
        assertThat(guest.locator("#remark")).isHidden();
        guest.locator("#waiting button", new Page.LocatorOptions().setHasText("Say again"))
                .click();
        assertThat(said(guest)).hasText(new String[] {"an insult", "another"});
    }

    @Test
    void theWordsAreRussianOnARussianPage() {
        var room = newRoom();
        Page guest = enter(inRussian(window("Rowdy")), room);
        saidBy(guest, "an insult");
        Page vera = moderator(room);
        moderate(vera, "mute");
        say(guest, "another");
        assertThat(guest.locator("#remark"))
                .hasText(
                        Pattern.compile("^Модератор запретил вам писать \\(комната " + room + "\\) до .*\\d: enough$"));
        moderate(vera, "kick");
        assertThat(guest.locator("#trouble-words")).hasText("Модератор отключил вас (комната " + room + "): enough");
    }

    @Test
    void whoIsRemovedReadsByWhomAndWhyAndReconnectsWhenAsked() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        saidBy(guest, "an insult");
        moderate(moderator(room), "kick");
        assertThat(guest.locator("#state")).hasText("Closed");
        assertThat(guest.locator("#trouble-words"))
                .hasText("You were removed by a moderator (room " + room + "): enough");
        assertThat(guest.locator("#trouble-reason")).isHidden();
        assertThat(guest.locator("#trouble-next")).hasText("It will not come back by itself.");
        assertThat(guest.locator("#leave")).isDisabled();
        guest.locator("#retry").click();
        awaitEntered(guest);
    }

    @Test
    void whoIsBannedReadsSoWhenComingBack() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        saidBy(guest, "an insult");
        Page vera = moderator(room);
        ChatPageIT.act(vera, message(vera, "an insult"), "moderate");
        vera.locator("#moderate-everywhere").check();
        order(vera, "ban");
        var why = Pattern.compile("^You were banned by a moderator until .*\\d: enough$");
        assertThat(guest.locator("#trouble-words")).hasText(why);
        guest.locator("#retry").click();
        assertThat(guest.locator("#state")).hasText("Closed");
        assertThat(guest.locator("#trouble-words")).hasText(why);
        assertThat(guest.locator("#trouble-next")).hasText("It will not come back by itself.");
    }

    @Test
    void aGuestIsOfferedNoneOfThat() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(anna, "mine");
        message(boris, "mine").hover();
        assertThat(boris.locator(".actions [data-action=reply]")).isVisible();
        assertThat(boris.locator(".actions [data-action=moderate]")).isHidden();
        assertThat(boris.locator(".actions [data-action=remove]")).isHidden();
    }

    @Test
    void aTokenThatIsNoneIsRefusedInWordsAndNotTriedAgain() {
        Page page = chromium.window();
        page.navigate(server.home() + "?room=" + newRoom() + "#token=forged");
        assertThat(page.locator("#state")).hasText("Closed");
        assertThat(page.locator("#trouble-words"))
                .hasText("The server did not accept the sign-in: it is not valid, or it has expired.");
        assertThat(page.locator("#trouble-reason")).isHidden();
        assertThat(page.locator("#trouble-next")).hasText("It will not come back by itself.");
    }

    @Test
    void whoDisconnectsIsToldSoAndIsOfferedTheWayBack() {
        Page page = enter(window("Anna"), newRoom());
        page.locator("#leave").click();
        assertThat(page.locator("#trouble-words")).hasText("You disconnected.");
        assertThat(page.locator("#leave")).isDisabled();
        assertThat(page.locator("#retry")).isFocused();
        page.keyboard().press("Enter");
        awaitEntered(page);
        assertThat(page.locator("#leave")).isEnabled();
    }

    private static void moderate(Page moderator, String action) {
        ChatPageIT.act(moderator, message(moderator, "an insult"), "moderate");
        assertThat(moderator.locator("#moderate-title")).hasText("What about Rowdy?");
        order(moderator, action);
    }

    private static void order(Page moderator, String action) {
        moderator.locator("#moderate-action").selectOption(action);
        Locator reason = moderator.locator("#moderate-reason");
        if (reason.isVisible()) {
            reason.fill("enough");
        }
        moderator.locator("#moderate-form button[type=submit]").click();
        assertThat(moderator.locator("#moderate")).isHidden();
    }
}
