package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The modes of a room on the chat page and on the administration page. */
class ChatModesIT extends RealServer {
    @Test
    void inSlowModeTheNextMessageIsSentAfterTheInterval() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        assertThat(guest.locator("#mode")).isHidden();
        call("veche.slow", "\"" + room + "\",2");
        assertThat(guest.locator("#mode")).hasText("Slow mode: one message per 2 s");
        keep(guest, "slow-mode");
        assertEquals(List.of(), Accessibility.violationsOf(guest));
        sendAndAwait(guest, "first");
        send(guest, "second");
        assertThat(bubbles(guest)).hasText(new String[] {"first", "second"});
        guest.reload();
        assertThat(guest.locator("#mode")).hasText("Slow mode: one message per 2 s");
        call("veche.open", "\"" + room + "\"");
        assertThat(guest.locator("#mode")).isHidden();
    }

    @Test
    void inAReadOnlyRoomOnlyAModeratorWrites() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        Page vera = chromium.window();
        vera.navigate(server.home() + "?room=" + room + "#token=" + MODERATOR);
        awaitEntered(vera);
        call("veche.readonly", "\"" + room + "\",3600,\"Lecture\"");
        var why = Pattern.compile("^Read-only: only moderators write here until .*\\d: Lecture$");
        assertThat(guest.locator("#remark")).hasText(why);
        assertThat(guest.locator("#message-text")).not().isEditable();
        assertThat(guest.locator("#send")).isDisabled();
        assertThat(vera.locator("#mode")).hasText(why);
        sendAndAwait(vera, "silence, please");
        call("veche.open", "\"" + room + "\"");
        assertThat(guest.locator("#remark")).isHidden();
        sendAndAwait(guest, "free again");
    }

    @Test
    void aClosedRoomIsLeftAndItsModeIsShownInRussianOnARussianPage() {
        var room = newRoom();
        Page guest = window("Rowdy");
        guest.addInitScript("localStorage.setItem('veche.language', 'ru')");
        enter(guest, room);
        call("veche.slow", "\"" + room + "\",30");
        assertThat(guest.locator("#mode")).hasText("Медленный режим: одно сообщение в 30 с");
        call("veche.close", "\"" + room + "\"");
        assertThat(guest.locator("#notice-text"))
                .hasText("Комната закрыта: входят только модераторы (комната " + room + ")");
        assertThat(guest.locator("#send")).isDisabled();
    }

    @Test
    void aModeratorSetsAndEndsTheModeOnTheAdministrationPage() {
        var room = newRoom();
        Page guest = enter(window("Rowdy"), room);
        Page admin = admin();
        var row = admin.locator("#rooms tbody tr", new Page.LocatorOptions().setHasText(room));
        assertThat(row).containsText("normal", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
        row.getByRole(AriaRole.BUTTON).click();
        admin.locator("#mode-action").selectOption("slow");
        admin.locator("#mode-interval").fill("60");
        assertEquals(List.of(), Accessibility.violationsOf(admin));
        admin.locator("#mode-form button[type=submit]").click();
        assertThat(admin.locator("#mode")).isHidden();
        assertThat(row).containsText("slow mode, 60 s");
        assertThat(guest.locator("#mode")).hasText("Slow mode: one message per 60 s");
        var sanction = admin.locator("#sanctions tbody tr", new Page.LocatorOptions().setHasText(room));
        assertThat(sanction).containsText("slow mode");
        sanction.getByRole(AriaRole.BUTTON).click();
        assertThat(sanction).hasCount(0);
        assertThat(guest.locator("#mode")).isHidden();
    }

    @Test
    void aModeratorCannotBanItsOwnAddressOnTheAdministrationPage() {
        var room = newRoom();
        enter(window("Neighbour"), room);
        Page admin = admin();
        var row = admin.locator("#connections tbody tr", new Page.LocatorOptions().setHasText(room));
        assertThat(row).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
        row.getByRole(AriaRole.BUTTON).click();
        assertThat(admin.locator("#moderate-address")).isHidden();
        admin.locator("#moderate-action").selectOption("ban");
        assertThat(admin.locator("#moderate-address")).hasText("Ban the address 127.0.0.1, in all rooms");
        admin.locator("#moderate-address input").check();
        assertThat(admin.locator("#moderate-room")).isDisabled();
        admin.locator("#moderate-form button.danger").click();
        assertThat(admin.locator("#moderate-error")).hasText("Request failed: the input is invalid");
    }
}
