package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/** A guest keeps the same author id by a secret that is in no address. */
class GuestSecretIT extends RealServer {

    @Test
    void aGuestKeepsTheAuthorIdAfterAReload() {
        var room = newRoom();
        List<String> addresses = new ArrayList<>();
        Page anna = window("Anna");
        anna.onWebSocket(socket -> addresses.add(socket.url()));
        enter(anna, room);
        sendAndAwait(anna, "mine");
        anna.reload();
        awaitEntered(anna);
        assertThat(anna.locator("#messages > article.own")).hasCount(1);
        anna.waitForCondition(() -> addresses.size() == 2);
        assertFalse(addresses.toString().contains("guest"), addresses.toString());
        var author = anna.locator("#messages > article.own").getAttribute("data-author");
        anna.close();
        Page moderator = chromium.window();
        var moderating =
                RequestOptions.create().setHeader("Authorization", "Bearer " + Token.of("mara", "Mara", "moderator"));
        moderator.waitForCondition(() -> gone(moderator
                        .request()
                        .get(server.home() + "admin/api/state", moderating)
                        .text())
                .contains(author));
    }

    private static String gone(String state) {
        return Json.createReader(new StringReader(state))
                .readObject()
                .getJsonArray("gone")
                .toString();
    }
}
