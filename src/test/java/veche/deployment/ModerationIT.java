package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;

import java.time.Instant;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.testing.RawHandshake;
import veche.testing.TextClient;
import veche.testing.Token;

/** Tokens and moderation over real sockets, on each server. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class ModerationIT extends ConfiguredWar {
    private static String token(String subject, Instant end, String... roles) {
        return Token.until(end, subject, subject, roles);
    }

    private static Instant inAnHour() {
        return Instant.now().plusSeconds(3_600);
    }

    private String response(String query) {
        return RawHandshake.of(at("chat?" + query)).response();
    }

    private TextClient connect(String query, String... subprotocols) {
        return connect(at("chat?" + query), subprotocols);
    }

    @Test
    void anInvalidTokenIsRejectedWith401BeforeTheUpgrade() throws Exception {
        String malformed = response("access_token=nonsense");
        assertTrue(malformed.startsWith("HTTP/1.1 401"), malformed);
        assertTrue(malformed.toLowerCase(Locale.ROOT).contains("www-authenticate: bearer"), malformed);
        String expired = response("access_token=" + token("ann", Instant.now().minusSeconds(60)));
        assertTrue(expired.startsWith("HTTP/1.1 401"), expired);
    }

    @Test
    void aBannedUserIsClosedWith1008AndThenRejectedWith403() throws Exception {
        String query = "room=hall&access_token=" + token("eve", inAnHour());
        try (TextClient eve = connect(query);
                TextClient moderator =
                        connect("access_token=" + token("mod", inAnHour(), "moderator"), "wamp.2.json")) {
            eve.send("Hello");
            assertEquals("Hello", eve.next());
            moderator.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{}}}]");
            assertTrue(moderator.next().contains("\"authrole\":\"moderator\""));
            call(moderator, 1, "veche.kick", "\"user:eve\",\"hall\",\"Enough\"");
            assertEquals(new TextClient.Closed(1008, "Kicked in hall: Enough"), eve.awaitClosed());

            try (TextClient again = connect(query)) {
                call(moderator, 2, "veche.ban", "\"user:eve\",null,null,\"Спам\"");
                assertEquals(new TextClient.Closed(1008, "Banned: Спам"), again.awaitClosed());
            }
            String rejected = response(query);
            assertTrue(rejected.startsWith("HTTP/1.1 403"), rejected);
            call(moderator, 3, "veche.unban", "\"user:eve\"");
            assertTrue(response(query).startsWith("HTTP/1.1 101"));
        }
    }

    private static void call(TextClient wamp, int request, String procedure, String args) {
        wamp.send("[" + CALL + "," + request + ",{},\"" + procedure + "\",[" + args + "]]");
        assertTrue(wamp.next().startsWith("[" + RESULT + "," + request + ","));
    }

    @Test
    void aConnectionIsClosedWhenItsTokenExpires() throws Exception {
        // Expiry times are whole seconds.
        try (TextClient ann =
                connect("access_token=" + token("ann", Instant.now().plusSeconds(6)))) {
            assertEquals(new TextClient.Closed(1008, "token expired"), ann.awaitClosed());
        }
    }
}
