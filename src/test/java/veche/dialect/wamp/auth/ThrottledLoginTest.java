package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.limit.Rate;
import veche.limit.Refusals;

/** The rate of failed logins of an address. */
class ThrottledLoginTest extends AuthenticationFixture {
    private final Refusals refusals = new Refusals();

    @Override
    List<Authenticator> methods() {
        FailedLogins failures = new FailedLogins(Optional.of(Rate.of("1/h burst 3")), Optional::of, refusals);
        return List.of(
                new Anonymous(),
                new ThrottledLogin(
                        new TicketOrToken(
                                new TokenLogin(new Tokens(Issuer.settings(), Runnable::run)),
                                new TicketLogin(credentials)),
                        failures));
    }

    private TestClient hello() {
        TestClient other = realm.connect("wamp.2.json");
        other.sendMessage(
                HELLO,
                "veche",
                dict("roles", TestClient.allRoles(), "authmethods", List.of("ticket"), "authid", "alice"));
        return other;
    }

    private TestClient authenticate(String ticket) {
        TestClient other = hello();
        other.expect(CHALLENGE);
        other.sendMessage(AUTHENTICATE, ticket, dict());
        return other;
    }

    private void assertThrottled(TestClient other) {
        List<Object> abort = other.expect(ABORT);
        assertEquals("veche.error.limit_reached", abort.get(2));
        assertTrue((long) ((Map<?, ?>) abort.get(1)).get("retry_ms") > 3_000_000, abort::toString);
    }

    @Test
    void successesAreNotCounted() {
        for (int login = 0; login < 10; login++) {
            authenticate("s3cret").expect(WELCOME);
        }
    }

    @Test
    void expiredTokensAreDeniedAndNotCounted() {
        String expired = Issuer.token("alice", claims -> claims.expirationTime(Date.from(Instant.EPOCH)));
        for (int login = 0; login < 10; login++) {
            List<Object> abort = authenticate(expired).expect(ABORT);
            assertEquals("wamp.error.authentication_denied", abort.get(2));
            assertEquals(true, ((Map<?, ?>) abort.get(1)).get("expired"));
        }
    }

    @Test
    void afterTooManyFailuresAllLoginsAreAbortedWithTheTimeToRetryAndGuestsAreNot() {
        TestClient challenged = hello();
        challenged.expect(CHALLENGE);
        for (int failure = 0; failure < 3; failure++) {
            assertEquals(
                    "wamp.error.authentication_denied",
                    authenticate("wrong").expect(ABORT).get(2));
        }
        challenged.sendMessage(AUTHENTICATE, "s3cret", dict());
        assertThrottled(challenged);
        assertThrottled(hello());
        assertEquals(2, refusals.counter("failed-logins-per-address").sum());
        client.hello();
    }
}
