package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.HandshakeInfo;
import veche.identity.Identification;
import veche.identity.Issuer;
import veche.identity.TokenSources;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.limit.Rate;
import veche.limit.Refusals;

/** The user that a handshake identifies. */
class HandshakeIdentityTest extends HandshakePolicyFixture {
    @Test
    void theContainersPrincipalOverridesTheNameParameter() throws Exception {
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "http",
                "site.com",
                "/chat",
                "name=Eve",
                "203.0.113.7",
                List.of(),
                headers,
                "ann",
                List.of(),
                List.of(Locale.ENGLISH));
        assertEquals("ann", admitted(request).author().name());
        assertEquals("user:ann", admitted(request).author().id());
    }

    @Test
    void aTokenIdentifiesTheUserAndIsRemovedFromTheHandshake() throws Exception {
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run), new TokenSources("", true));
        String token = Issuer.token("ann", claims -> claims.claim("roles", List.of("admin")));
        HandshakeInfo byQuery = admitted(request("203.0.113.7", "access_token=" + token + "&room=hall"));
        assertEquals("user:ann", byQuery.author().id());
        assertEquals(Optional.empty(), byQuery.parameter("access_token"));
        headers.put("authorization", "bearer " + token);
        HandshakeInfo byHeader = admitted(request());
        assertEquals(List.of("admin"), byHeader.user().roles());
        assertFalse(byHeader.headers().containsKey("authorization"));
        assertEquals(
                400, rejected(request("203.0.113.7", "access_token=" + token)).status());
    }

    @Test
    void aTokenInTheNamedCookieIdentifiesTheUserAndIsRemovedFromTheHandshake() throws Exception {
        identification =
                new Identification(new Tokens(Issuer.settings(), Runnable::run), new TokenSources("site_token", false));
        String token = Issuer.token("ann", claims -> claims);
        headers.put("cookie", "theme=dark; site_token=" + token + "; site_token2=x");
        HandshakeInfo byCookie = admitted(request());
        assertEquals("user:ann", byCookie.author().id());
        assertFalse(byCookie.headers().containsKey("cookie"));
        headers.put("cookie", "site_token=\"" + token + "\"");
        assertEquals("user:ann", admitted(request()).author().id());
        headers.put("authorization", "Bearer " + token);
        assertEquals(400, rejected(request()).status());
    }

    @Test
    void cookiesOfOtherNamesAreIgnoredAndAnInvalidTokenIsRejected() throws Exception {
        identification =
                new Identification(new Tokens(Issuer.settings(), Runnable::run), new TokenSources("site_token", true));
        headers.put("cookie", "JSESSIONID=1; xsite_token=nonsense");
        assertTrue(admitted(request()).author().id().startsWith("guest:"));
        headers.put("cookie", "site_token=nonsense");
        assertEquals(401, rejected(request()).status());
    }

    @Test
    void aTokenInTheQueryIsRejectedByDefault() {
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run));
        String token = Issuer.token("ann", claims -> claims);
        assertEquals(
                400, rejected(request("203.0.113.7", "access_token=" + token)).status());
    }

    @Test
    void anInvalidTokenIsRejectedWith401() {
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run));
        headers.put("authorization", "Bearer x\"y");
        Rejection rejection = rejected(request());
        assertEquals(401, rejection.status());
        assertEquals(
                "Bearer realm=\"veche\", error=\"invalid_token\"," + " error_description=\"Malformed JSON Web Token\"",
                rejection.headers().get("WWW-Authenticate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer   "})
    void anEmptyTokenIsRejectedWith401(String authorization) {
        headers.put("authorization", authorization);
        assertEquals(401, rejected(request()).status());
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run));
        assertEquals(401, rejected(request()).status());
    }

    @Test
    void withoutTokenSettingsABearerTokenIsRejectedAndOtherSchemesAreIgnored() throws Exception {
        headers.put("authorization", "Bearer x");
        assertEquals(401, rejected(request()).status());
        headers.put("authorization", "Basic YTpi");
        assertTrue(admitted(request()).author().id().startsWith("guest:"));
    }

    @Test
    void anAddressWithTooManyInvalidTokensIsAnswered429WhileGuestsAndOtherAddressesConnect() throws Exception {
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run));
        failedLogins = new FailedLogins(Optional.of(Rate.of("1/m burst 3")), Optional::of, new Refusals());
        headers.put("authorization", "Bearer " + Issuer.token("ann", claims -> claims));
        for (int login = 0; login < 10; login++) {
            admitted(request());
        }
        String expired = Issuer.token("ann", claims -> claims.expirationTime(Date.from(Instant.EPOCH)));
        headers.put("authorization", "Bearer " + expired);
        for (int login = 0; login < 10; login++) {
            assertEquals(401, rejected(request()).status());
        }
        headers.put("authorization", "Bearer nonsense");
        for (int failure = 0; failure < 3; failure++) {
            assertEquals(401, rejected(request()).status());
        }
        Rejection rejection = rejected(request());
        assertEquals(429, rejection.status());
        assertTrue(Integer.parseInt(rejection.headers().get("Retry-After")) > 50, rejection::toString);
        assertEquals(401, rejected(request("203.0.113.8", null)).status());
        headers.remove("authorization");
        admitted(request());
    }

    @Test
    void aClientCheckMayRejectAnIdentifiedClient() {
        Rejection banned = new Rejection(403, "Banned: spam", Map.of());
        clientChecks =
                List.of(handshake -> handshake.author().name().equals("Eve") ? Optional.of(banned) : Optional.empty());
        assertEquals(banned, rejected(request("203.0.113.7", "name=Eve")));
    }
}
