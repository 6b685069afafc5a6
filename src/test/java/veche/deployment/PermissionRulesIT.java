package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.testing.TextClient;

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
