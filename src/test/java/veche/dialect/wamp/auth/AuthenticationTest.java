package veche.dialect.wamp.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.GOODBYE;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.room.User;

/** The exchange of CHALLENGE and AUTHENTICATE, and the method {@code ticket}. */
class AuthenticationTest extends AuthenticationFixture {
    @Test
    void anUnsupportedMethodIsAborted() {
        hello("tls", "alice", dict());
        assertEquals("wamp.error.no_matching_auth_method", client.expect(ABORT).get(2));
    }

    @Test
    void aCorrectTicketIsAccepted() {
        hello("ticket", "alice", dict());
        assertEquals(Map.of(), challenge("ticket"));
        client.sendMessage(AUTHENTICATE, "s3cret", dict());
        assertWelcomed("ticket");
        client.session = 1;
        client.subscribe("veche.room.lobby");
        client.request(PUBLISH, dict("exclude_me", false), "veche.room.lobby", List.of("x"));
        assertEquals(
                dict("id", "user:alice", "name", "Alice"),
                ((Map<?, ?>) client.expect(EVENT).get(5)).get("author"));
    }

    @Test
    void aWrongTicketIsDenied() {
        hello("ticket", "alice", dict());
        challenge("ticket");
        client.sendMessage(AUTHENTICATE, "wrong", dict());
        assertDenied();
    }

    @Test
    void anUnknownPrincipalIsChallengedAndDenied() {
        hello("ticket", "mallory", dict());
        challenge("ticket");
        client.sendMessage(AUTHENTICATE, "s3cret", dict());
        assertDenied();
    }

    @Test
    void aMethodWithAProofRequiresAnAuthid() {
        hello("ticket", null, dict());
        assertEquals("wamp.error.authentication_denied", client.expect(ABORT).get(2));
    }

    @Test
    void aSessionEndsWhenItsCredentialIsWithdrawn() {
        hello("ticket", "alice", dict());
        challenge("ticket");
        client.sendMessage(AUTHENTICATE, "s3cret", dict());
        assertWelcomed("ticket");
        realm.rooms.roomSessions().withdraw("user:alice", User.Provider.TOKEN);
        realm.rooms.roomSessions().withdraw("user:bob", User.Provider.CREDENTIAL);
        client.expectNothing();
        realm.rooms.roomSessions().withdraw("user:alice", User.Provider.CREDENTIAL);
        assertEquals("wamp.close.killed", client.expect(GOODBYE).get(2));
        await().until(() -> client.closeCode() == CloseCode.POLICY);
    }

    @Test
    void anyMessageButAuthenticateAfterChallengeIsAProtocolViolation() {
        hello("ticket", "alice", dict());
        challenge("ticket");
        client.sendMessage(SUBSCRIBE, 1, dict(), "a.b");
        assertEquals("wamp.error.protocol_violation", client.expect(ABORT).get(2));
    }

    @Test
    void authenticateWithoutAChallengeIsAProtocolViolation() {
        client.hello();
        client.sendMessage(AUTHENTICATE, "x", dict());
        assertEquals("wamp.error.protocol_violation", client.expect(ABORT).get(2));
    }
}
