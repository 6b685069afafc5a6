package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.WELCOME;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.testing.RawClient;
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

    @Test
    void aClientFromABannedRangeIsClosedWith1008AndThenRejectedWith403() throws Exception {
        try (TextClient moderator = connect("access_token=" + token("mona", inAnHour(), "moderator"), "wamp.2.json");
                RawClient inside = from("198.51.100.7");
                RawClient outside = from("198.51.101.7")) {
            moderator.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{}}}]");
            assertTrue(moderator.next().contains("\"authrole\":\"moderator\""));
            assertTrue(inside.response().startsWith("HTTP/1.1 101"), inside.response());
            assertTrue(outside.response().startsWith("HTTP/1.1 101"), outside.response());
            ban(moderator, 1, "ban");
            assertEquals(1008, inside.closeCode());
            try (RawClient again = from("198.51.100.8")) {
                assertTrue(again.response().startsWith("HTTP/1.1 403"), again.response());
            }
            try (RawClient other = from("198.51.101.8")) {
                assertTrue(other.response().startsWith("HTTP/1.1 101"), other.response());
            }
            ban(moderator, 2, "unban");
            try (RawClient again = from("198.51.100.9")) {
                assertTrue(again.response().startsWith("HTTP/1.1 101"), again.response());
            }
        }
    }

    @Test
    void anAdministratorExportsTheMessagesOfAnAuthorLineByLine() throws Exception {
        try (TextClient eve = connect("room=hall&access_token=" + token("exported", inAnHour()));
                TextClient elsewhere = connect("room=lobby&access_token=" + token("exported", inAnHour()))) {
            eve.send("in the hall");
            assertEquals("in the hall", eve.next());
            elsewhere.send("in the lobby");
            assertEquals("in the lobby", elsewhere.next());
        }
        HttpResponse<String> export = export(token("boss", inAnHour(), "admin"));
        assertEquals(200, export.statusCode(), export::body);
        List<String> lines = export.body().lines().toList();
        assertEquals(2, lines.size(), export::body);
        assertTrue(lines.get(0).contains("\"text\":\"in the hall\""), lines.get(0));
        assertTrue(lines.get(1).contains("\"room\":\"lobby\""), lines.get(1));
        assertEquals(403, export(token("mod", inAnHour(), "moderator")).statusCode());
        assertEquals(403, export(token("ann", inAnHour())).statusCode());
        assertEquals(401, export("nonsense").statusCode());
    }

    private HttpResponse<String> export(String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(http("admin/api/export?author=user:exported"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private RawClient from(String address) {
        return new RawClient(chat(), "X-Forwarded-For: " + address);
    }

    private static void ban(TextClient wamp, int request, String procedure) {
        wamp.send("[" + CALL + "," + request + ",{},\"veche." + procedure
                + "\",[],{\"address\":\"198.51.100.0/24\",\"reason\":\"Bots\"}]");
        assertTrue(wamp.next().startsWith("[" + RESULT + "," + request + ","));
    }

    private static void call(TextClient wamp, int request, String procedure, String args) {
        wamp.send("[" + CALL + "," + request + ",{},\"" + procedure + "\",[" + args + "]]");
        assertTrue(wamp.next().startsWith("[" + RESULT + "," + request + ","));
    }

    @Test
    void aConnectionWithARefreshedTokenOutlivesTheFirst() {
        Instant end = Instant.now().plusSeconds(8);
        try (TextClient ann = connect("access_token=" + token("ann", end), "wamp.2.json")) {
            ann.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{},\"subscriber\":{}}}]");
            assertTrue(ann.next().startsWith("[" + WELCOME + ","));
            ann.send("[" + SUBSCRIBE + ",1,{},\"veche.session.expiring\"]");
            assertTrue(ann.next().startsWith("[" + SUBSCRIBED + ",1,"));
            String warning = ann.next();
            assertTrue(warning.startsWith("[" + EVENT + ","), warning);
            assertTrue(warning.contains("\"expires\""), warning);
            call(ann, 2, "veche.refresh", "\"" + token("ann", end.plusSeconds(30)) + "\"");
            await().atMost(Duration.ofSeconds(20)).until(() -> Instant.now().isAfter(end.plusSeconds(2)));
            call(ann, 3, "veche.send", "\"hall\",\"still here\"");
        }
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
