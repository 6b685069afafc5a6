package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.WELCOME;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import veche.identity.Issuer;
import veche.identity.Tokens;

/** The method {@code ticket} where tokens and the tickets of a store are accepted. */
class TicketOrTokenTest extends AuthenticationFixture {
    private static final String FORM_OF_A_TOKEN = "a.b.c";

    /** Of a store that has such a ticket nevertheless. */
    private final Credentials store = (method, realm, authid) -> credentials
            .find(method, realm, authid)
            .thenApply(found -> found.map(credential -> new Credential(
                    credential.authid(),
                    credential.name(),
                    credential.roles(),
                    credential.rooms(),
                    credential.authprovider(),
                    new Credential.Tickets(
                            Set.of(TicketLogin.digest("s3cret"), TicketLogin.digest(FORM_OF_A_TOKEN))))));

    @Override
    List<Authenticator> methods() {
        return List.of(new TicketOrToken(
                new TokenLogin(new Tokens(Issuer.settings(), Runnable::run)), new TicketLogin(store)));
    }

    private void login(String authid, String ticket) {
        hello("ticket", authid, dict());
        assertEquals(Map.of(), challenge("ticket"));
        client.sendMessage(AUTHENTICATE, ticket, dict());
    }

    @Test
    void aTicketOfTheStoreIsAccepted() {
        login("alice", "s3cret");
        assertWelcomed("ticket");
    }

    @Test
    void aTokenIsAcceptedAlsoForAPrincipalOfTheStore() {
        login("alice", Issuer.token("alice", claims -> claims));
        assertEquals("token", ((Map<?, ?>) client.expect(WELCOME).get(2)).get("authprovider"));
    }

    @Test
    void aTokenOfAnotherSubjectIsDenied() {
        login("alice", Issuer.token("bob", claims -> claims));
        assertDenied();
    }

    @Test
    void aTicketWithoutAnAuthidIsDeniedAfterTheSameChallenge() {
        login(null, "s3cret");
        assertDenied();
    }

    @Test
    void aTicketInTheFormOfATokenIsNotLookedUp() {
        login("alice", FORM_OF_A_TOKEN);
        assertDenied();
    }
}
