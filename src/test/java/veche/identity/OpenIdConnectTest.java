package veche.identity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.auth.TokenLogin;
import veche.room.User;

/** Tokens of an OpenID Provider, whose keys are discovered (OpenID Connect Core 1.0 §3.1.3.7, Discovery 1.0 §4). */
class OpenIdConnectTest {
    private static final TokenSettings.ClaimNames KEYCLOAK =
            new TokenSettings.ClaimNames("preferred_username", "realm_access.roles");

    private final OpenIdProvider provider = new OpenIdProvider();
    private final ExecutorService fetching = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        fetching.shutdownNow();
        provider.close();
    }

    private Tokens tokens(String issuer, TokenSettings.ClaimNames claims) {
        // Fetched again at each use, in the background.
        return new Tokens(
                new TokenSettings("", "", issuer, "veche", Duration.ofSeconds(30), Duration.ofMillis(1), claims),
                fetching);
    }

    private static boolean accepts(Tokens tokens, String token) {
        try {
            tokens.user(token);
            return true;
        } catch (InvalidTokenException e) {
            return false;
        }
    }

    private Tokens ready() {
        Tokens tokens = tokens(provider.issuer(), KEYCLOAK);
        await().until(() -> accepts(tokens, provider.token(UnaryOperator.identity())));
        return tokens;
    }

    @Test
    void aTokenThatAHandshakeCarriesIdentifiesAUserWithNameAndRoles() {
        String token = provider.token(claims -> claims.claim("preferred_username", "anna")
                .claim("realm_access", Map.of("roles", List.of("staff", "moderator"))));
        User user = new Identification(ready())
                .user(new Identification.Presented(null, List.of(), "Bearer " + token, null, Map.of(), Locale.ENGLISH));
        assertEquals("user:f:1:anna", user.author().id());
        assertEquals("anna", user.author().name());
        assertEquals(List.of("staff", "moderator"), user.roles());
    }

    @Test
    void aTokenIsATicketOfWamp() {
        try (TestRealm realm = new TestRealm(WampSettings.DEFAULT, List.of(new TokenLogin(ready())))) {
            TestClient client = realm.connect("wamp.2.json");
            client.sendMessage(HELLO, "veche", dict("roles", TestClient.allRoles(), "authmethods", List.of("ticket")));
            client.expect(CHALLENGE);
            String token = provider.token(claims -> claims.claim("realm_access", Map.of("roles", List.of("staff"))));
            client.sendMessage(AUTHENTICATE, token, dict());
            assertEquals("staff", ((Map<?, ?>) client.expect(WELCOME).get(2)).get("authrole"));
        }
    }

    @Test
    void afterARotationTheNewKeyIsAcceptedAndTheOldOneIsNot() {
        Tokens tokens = ready();
        String former = provider.token(UnaryOperator.identity());
        provider.rotate("2");
        await().until(() -> accepts(tokens, provider.token(UnaryOperator.identity())));
        assertFalse(accepts(tokens, former));
    }

    @Test
    void tokensForAnotherAudienceOrOfAnotherIssuerAreRejected() {
        Tokens tokens = ready();
        assertFalse(accepts(tokens, provider.token(claims -> claims.audience("bank"))));
        assertFalse(accepts(tokens, provider.token(claims -> claims.issuer(provider.issuer() + "/"))));
        assertTrue(accepts(tokens, provider.token(claims -> claims.audience(List.of("bank", "veche")))));
    }

    @Test
    void metadataOfAnotherIssuerAreNotTrusted() {
        provider.announce("issuer", "https://evil.example");
        assertThrows(Exception.class, new KeySource.Discovered(provider.issuer())::load);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "/certs", "ftp://127.0.0.1/certs"})
    void metadataWithoutAnAddressOfKeysAreNotTrusted(String uri) {
        provider.announce("jwks_uri", uri);
        assertThrows(Exception.class, new KeySource.Discovered(provider.issuer())::load);
    }

    @Test
    void aFinalSlashOfTheIssuerIsNotRepeated() throws Exception {
        String issuer = provider.issuer() + "/";
        provider.announce("issuer", issuer);
        assertEquals(1, new KeySource.Discovered(issuer).load().size());
    }

    @Test
    void keysAreDiscoveredOnlyForAnAudience() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> new TokenSettings("", "", "https://id.example", "", Duration.ZERO, Duration.ZERO));
        assertTrue(failure.getMessage().startsWith("veche.token.audience is required"), failure::getMessage);
        assertFalse(new TokenSettings("", "", "an-application", "", Duration.ZERO, Duration.ZERO).enabled());
    }

    @Test
    void aClaimWhoseNameContainsDotsTakesPrecedenceOverAPath() {
        String name = "https://shop.example/roles";
        Tokens tokens = tokens(provider.issuer(), new TokenSettings.ClaimNames("name", name));
        await().until(() -> accepts(tokens, provider.token(UnaryOperator.identity())));
        assertEquals(
                List.of("staff"),
                tokens.user(provider.token(claims -> claims.claim(name, List.of("staff"))))
                        .roles());
    }

    @Test
    void aTokenWithoutTheClaimHasNoRolesAndAMalformedOneIsRejected() {
        Tokens tokens = ready();
        assertEquals(
                List.of(),
                tokens.user(provider.token(claims -> claims.claim("realm_access", "none")))
                        .roles());
        assertFalse(accepts(tokens, provider.token(claims -> claims.claim("realm_access", Map.of("roles", "admin")))));
    }
}
