package veche.deployment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.net.CookieManager;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.browser.Windows;
import veche.testing.MessageType;
import veche.testing.RawHandshake;
import veche.testing.TextClient;
import veche.testing.Token;

/** The end of a login, a revocation and a ban close live connections within a second, on each server. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED_WITH_BROWSER)
@Tag(SecondServerSuite.TAG)
@RunAsClient
class LogoutIT extends Windows {
    /** One second, which is measured at the sockets, and the time that a browser on a busy machine takes to show it. */
    private static final HasTextOptions SOON = new HasTextOptions().setTimeout(10_000);

    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final TextClient.Closed LOGGED_OUT = new TextClient.Closed(1008, "logged out");

    @ArquillianResource
    private URL base;

    private final HttpClient site =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Deployment(testable = false)
    static WebArchive war() {
        return ConfiguredWar.war();
    }

    private String home() {
        return "http://127.0.0.1:" + base.getPort() + base.getPath();
    }

    private void visit(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(home() + path)).build();
        assertEquals(200, site.send(request, BodyHandlers.ofString()).statusCode());
    }

    private TextClient connect(HttpClient http, String query, String... subprotocols) {
        return new TextClient(http, URI.create(home().replaceFirst("^http", "ws") + "chat?" + query), subprotocols);
    }

    private TextClient wamp(HttpClient http, String query) {
        TextClient client = connect(http, query, "wamp.2.json");
        client.send("[" + MessageType.HELLO + ",\"veche\",{\"roles\":{\"caller\":{}}}]");
        assertTrue(client.next().startsWith("[" + MessageType.WELCOME + ","));
        return client;
    }

    private static void call(TextClient client, int request, String procedure, String args, String kwargs) {
        client.send(
                "[" + MessageType.CALL + "," + request + ",{},\"" + procedure + "\",[" + args + "]," + kwargs + "]");
        String answer = client.next();
        assertTrue(answer.startsWith("[" + MessageType.RESULT + "," + request + ","), answer);
    }

    private TextClient moderator() {
        return wamp(HttpClient.newHttpClient(), "access_token=" + Token.of("mod", "Mod", "moderator"));
    }

    @Test
    void theEndOfTheHttpSessionClosesTheConnectionsOfTheUserAndNoOther() throws Exception {
        visit("site/login?user=anna");
        String room = newRoom();
        try (TextClient plain = connect(site, "room=" + room);
                TextClient wamp = wamp(site, "");
                TextClient guest = connect(HttpClient.newHttpClient(), "room=" + room)) {
            plain.send("hello");
            guest.awaitText("hello");
            visit("site/logout");
            assertEquals(LOGGED_OUT, plain.awaitClosed(A_SECOND));
            assertTrue(wamp.next().startsWith("[" + MessageType.GOODBYE + ",{\"message\":\"logged out\"}"));
            assertEquals(LOGGED_OUT, wamp.awaitClosed(A_SECOND));
            guest.send("still here");
            guest.awaitText("still here");
        }
    }

    @Test
    void theConnectionFollowsItsHttpSessionToANewId() throws Exception {
        visit("site/login?user=anna");
        try (TextClient client = connect(site, "room=" + newRoom())) {
            visit("site/renew");
            client.send("still here");
            client.awaitText("still here");
            visit("site/logout");
            assertEquals(LOGGED_OUT, client.awaitClosed(A_SECOND));
        }
    }

    @Test
    void aRevocationClosesConnectionsAndRejectsTheTokenUntilANewerOneIsIssued() {
        String stolen = "access_token=" + Token.issued(Instant.now().minusSeconds(60), "boris", "Boris");
        try (TextClient moderator = moderator();
                TextClient boris = connect(HttpClient.newHttpClient(), stolen)) {
            call(moderator, 1, "veche.revoke", "\"user:boris\"", "{}");
            assertEquals(new TextClient.Closed(1008, "access revoked"), boris.awaitClosed(A_SECOND));
            String response = RawHandshake.of(URI.create(home().replaceFirst("^http", "ws") + "chat?" + stolen))
                    .response();
            assertTrue(response.startsWith("HTTP/1.1 401"), response);
            String newer = Token.issued(Instant.now().plusSeconds(1), "boris", "Boris");
            connect(HttpClient.newHttpClient(), "access_token=" + newer).close();
        }
    }

    @Test
    void aPageShowsThatItsUserHasSignedOut() {
        Page page = window("Anna");
        page.navigate(home() + "site/login?user=anna");
        enter(page, home(), newRoom());
        page.evaluate("() => fetch('site/logout').then(answer => answer.text())");
        assertThat(page.locator("#state")).hasText("Closed", SOON);
        assertThat(page.locator("#trouble-text")).hasText("You have signed out.");
        assertThat(page.locator("#trouble-next")).hasText("It will not reconnect automatically.");
    }

    @Test
    void aPageShowsARevocationAndABan() {
        for (String[] each : new String[][] {
            {"veche.revoke", "Your access to this server was revoked."}, {"veche.ban", "You were banned by a moderator"}
        }) {
            Page page = window("Vera");
            String subject = each[0].replace('.', '-');
            String token = Token.issued(Instant.now().minusSeconds(60), subject, "Vera");
            enter(page, home(), newRoom() + "#token=" + token);
            try (TextClient moderator = moderator()) {
                call(moderator, 1, each[0], "\"user:" + subject + "\"", "{}");
            }
            assertThat(page.locator("#state")).hasText("Closed", SOON);
            assertThat(page.locator("#trouble-text")).hasText(each[1]);
            assertThat(page.locator("#trouble-next")).hasText("It will not reconnect automatically.");
        }
    }
}
