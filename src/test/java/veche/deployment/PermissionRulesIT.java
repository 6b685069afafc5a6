package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.WELCOME;

import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.testing.RawHandshake;
import veche.testing.TextClient;
import veche.testing.Token;

/** The rules of {@code veche.rules} over real sockets, on each server. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class PermissionRulesIT extends ConfiguredWar {
    @AfterEach
    void restoreTheRules() {
        applyRules(RULES);
    }

    private TextClient wamp() {
        TextClient client = connect(at("chat"), "wamp.2.json");
        client.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{},\"subscriber\":{}}}]");
        assertTrue(client.next().contains("\"authrole\":\"anonymous\""));
        return client;
    }

    @Test
    void aRoomThatTheRulesDenyClosesAPlainConnection() throws Exception {
        try (TextClient guest = connect(at("chat?room=staff-1"))) {
            assertEquals(
                    new TextClient.Closed(1008, "You lack the privilege 'read' in the room staff-1"),
                    guest.awaitClosed());
        }
    }

    @Test
    void wampRequestsThatTheRulesDenyAreNotAuthorized() throws Exception {
        try (TextClient guest = wamp()) {
            guest.send("[" + SUBSCRIBE + ",1,{},\"veche.room.staff-1\"]");
            String refused = guest.next();
            assertTrue(refused.startsWith("[" + ERROR + "," + SUBSCRIBE + ",1,"), refused);
            assertTrue(refused.contains("wamp.error.not_authorized"), refused);
            guest.send("[" + SUBSCRIBE + ",2,{},\"veche.room.notices\"]");
            assertTrue(guest.next().startsWith("[" + SUBSCRIBED + ",2,"));
            guest.send("[" + CALL + ",3,{},\"veche.send\",[\"notices\",\"hello\"]]");
            String denied = guest.next();
            assertTrue(denied.contains("wamp.error.not_authorized") && denied.contains("'write'"), denied);
            guest.send("[" + CALL + ",4,{},\"com.shop.admin.stop\"]");
            String unauthorized = guest.next();
            assertTrue(unauthorized.contains("wamp.error.not_authorized"), unauthorized);
        }
    }

    private TextClient wamp(String token) {
        TextClient client = connect(at("chat?access_token=" + token), "wamp.2.json");
        client.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{}}}]");
        assertTrue(client.next().startsWith("[" + WELCOME + ","));
        return client;
    }

    private static void call(TextClient client, String procedure, String arguments, int answer) {
        client.send("[" + CALL + ",1,{},\"" + procedure + "\",[" + arguments + "]]");
        String message = client.next();
        assertTrue(message.startsWith("[" + answer + ","), message);
    }

    @Test
    void rulesMakeModeratorsOfSingleRooms() throws Exception {
        applyRules(RULES + "role:teacher class-* moderate rank=50\n");
        try (TextClient eve = connect(at("chat?room=class-1&access_token=" + Token.of("eve", "Eve")));
                TextClient tom = wamp(Token.of("tom", "Tom", "teacher"))) {
            eve.send("hello");
            assertEquals("hello", eve.next());
            await().untilAsserted(() -> {
                tom.send("[" + CALL + ",2,{},\"veche.whoami\",[\"class-1\"]]");
                String whoami = tom.next();
                assertTrue(whoami.contains("\"kick\"") && whoami.contains("\"rank\":50"), whoami);
            });
            call(tom, "veche.kick", "\"user:eve\",\"notices\"", ERROR);
            call(tom, "veche.kick", "\"user:eve\"", ERROR);
            call(tom, "veche.kick", "\"user:eve\",\"class-1\"", RESULT);
            assertEquals(1008, eve.awaitClosed().code());
            call(tom, "veche.audit", "null,null,\"class-1\"", RESULT);
            call(tom, "veche.audit", "", ERROR);
        }
    }

    @Test
    void capabilitiesLimitAToken() throws Exception {
        String token = Token.capable("class-2", List.of("read", "write", "create", "mute"), "ann", "Ann");
        try (TextClient ann = wamp(token)) {
            call(ann, "veche.send", "\"class-2\",\"hello\"", RESULT);
            call(ann, "veche.history", "\"class-2\"", ERROR);
            call(ann, "veche.send", "\"lobby\",\"hello\"", ERROR);
            call(ann, "veche.mute", "\"user:eve\",\"class-2\",60", RESULT);
            call(ann, "veche.ban", "\"user:eve\",\"class-2\",60", ERROR);
        }
        String elsewhere =
                RawHandshake.of(at("chat?room=lobby&access_token=" + token)).response();
        assertTrue(elsewhere.startsWith("HTTP/1.1 403"), elsewhere);
    }

    @Test
    void changedRulesApplyToOpenConnections() throws Exception {
        try (TextClient guest = connect(at("chat?room=open-1"));
                TextClient wamp = wamp()) {
            guest.send("hello");
            assertEquals("hello", guest.next());
            applyRules(RULES + "guest open-* -read\n");
            assertEquals(1008, guest.awaitClosed().code());
            wamp.send("[" + CALL + ",1,{},\"veche.whoami\"]");
            assertTrue(wamp.next().startsWith("[" + RESULT + ",1,"));
        }
    }
}
