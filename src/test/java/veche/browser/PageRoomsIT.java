package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names under which a room is opened. */
class PageRoomsIT extends RealServer {

    @ParameterizedTest
    @CsvSource({"Team, team", "Новая комната, novaya-komnata"})
    void theAddressOpensTheRoomThatItsNameBecomes(String written, String room) {
        Page anna = open(window("Anna"), written);
        assertThat(anna.locator("#room-title")).hasText(room);
        assertThat(anna.locator("#notice-words"))
                .hasText("“" + written + "” opens the room " + room
                        + ": room names have only lowercase Latin letters, digits, - and _.");
        assertEquals(server.home() + "?room=" + room, anna.url());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            東京  | A room name cannot contain “東”: only Latin and Russian letters, digits, - and _.
            -team | A room name starts with a letter or a digit, not with “-”.
            """)
    void anAddressThatNamesNoRoomStatesWhy(String written, String why) {
        Page anna = open(window("Anna"), written);
        assertThat(anna.locator("#room-title")).hasText("lobby");
        assertThat(anna.locator("#notice-words"))
                .hasText("“" + written + "” is not a room name, so this is lobby. " + why);
        assertEquals(server.home() + "?room=lobby", anna.url());
    }

    @Test
    void theFormShowsWhatANameBecomesAndOpensThat() {
        Page anna = enter(window("Анна", reader("ru-RU")), newRoom());
        Locator field = anna.locator("#go-room");
        Locator becomes = anna.locator("#room-becomes");
        field.fill("team");
        assertThat(becomes).hasText("");
        field.fill("Комната Ёлки");
        assertThat(becomes).hasText("Откроется комната komnata-yolki");
        keep(anna, "room-becomes");
        assertEquals(List.of(), Accessibility.faultsOf(anna));
        field.press("Enter");
        assertThat(anna.locator("#room-title")).hasText("komnata-yolki");
        assertThat(becomes).hasText("");
        assertThat(field).hasValue("");
    }

    @Test
    void theFormStatesPreciselyWhatIsWrongWithAName() {
        Page anna = enter(window("Anna"), newRoom());
        Locator error = anna.locator("#go-error");
        Locator field = anna.locator("#go-room");
        field.press("Enter");
        assertThat(error).hasText("Enter a room name.");
        field.fill("щ".repeat(17));
        field.press("Enter");
        assertThat(error)
                .hasText("The room name " + "shch".repeat(17) + " is too long: 68 characters, at most 64 are allowed.");
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasAccessibleDescription(Pattern.compile("is too long"));
        field.fill("a.b");
        assertThat(error).hasText("");
        assertThat(field).hasAttribute("aria-invalid", "false");
        field.press("Enter");
        assertThat(error).containsText("A room name cannot contain “.”");
    }

    private static Page open(Page page, String written) {
        page.navigate(server.home() + "?room=" + URLEncoder.encode(written, StandardCharsets.UTF_8));
        awaitEntered(page);
        return page;
    }
}
