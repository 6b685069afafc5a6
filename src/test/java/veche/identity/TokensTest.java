package veche.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Capabilities;
import veche.room.access.Privilege;

class TokensTest {
    private final Tokens tokens = new Tokens(Issuer.settings(), Runnable::run);

    private static TokenSettings settings(String issuer, String audience, Duration skew) {
        return new TokenSettings(Issuer.SECRET, "", issuer, audience, skew, Duration.ofMinutes(5));
    }

    /** Returns the reason. */
    private String assertRejected(String token) {
        return assertThrows(InvalidTokenException.class, () -> tokens.user(token))
                .getMessage();
    }

    @Test
    void aTokenDefinesUserRolesRoomsAndExpiry() {
        Instant end = Instant.now().plusSeconds(600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        User ann = tokens.user(Issuer.token(
                "ann",
                claims -> claims.claim("name", "Анна")
                        .claim("roles", List.of("moderator", "staff"))
                        .claim("rooms", List.of("hall"))
                        .jwtID("t1")
                        .issueTime(Date.from(end.minusSeconds(900)))
                        .expirationTime(Date.from(end))));
        assertEquals(
                new User(
                        new Author("user:ann", "Анна"),
                        List.of("moderator", "staff"),
                        Optional.of(Set.of(new RoomName("hall"))),
                        Optional.of(end),
                        User.Provider.TOKEN,
                        Optional.of(new User.TokenId(Optional.of("t1"), Optional.of(end.minusSeconds(900)))),
                        Optional.empty()),
                ann);
    }

    @Test
    void theNameDefaultsToTheSubjectAndTheRoomsToAll() {
        User ann = tokens.user(Issuer.token("ann", claims -> claims));
        assertEquals("ann", ann.author().name());
        assertEquals(List.of(), ann.roles());
        assertEquals(Optional.empty(), ann.rooms());
        assertEquals(
                "x".repeat(32),
                tokens.user(Issuer.token("x".repeat(40), claims -> claims))
                        .author()
                        .name());
    }

    static Stream<Arguments> invalidClaims() {
        return Stream.of(
                invalid(
                        "expired",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(1)))),
                invalid("without exp", claims -> claims.expirationTime(null)),
                invalid("without sub", claims -> claims.subject(null)),
                invalid("blank sub", claims -> claims.subject(" ")),
                invalid("sub with a control character", claims -> claims.subject("a\nb")),
                invalid(
                        "not yet valid",
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(600)))),
                invalid("roles not a list", claims -> claims.claim("roles", "admin")),
                invalid("roles not of strings", claims -> claims.claim("roles", Arrays.asList("admin", null))),
                invalid("invalid room names", claims -> claims.claim("rooms", List.of("No Room"))));
    }

    private String displayedName(Object name) {
        return tokens.user(Issuer.token("ann", claims -> claims.claim("name", name)))
                .author()
                .name();
    }

    @Test
    void anUndisplayableNameIsCleanedOrTruncated() {
        assertEquals("ab", displayedName("a\u200Bb"));
        assertEquals("x".repeat(32), displayedName("x".repeat(33)));
        assertEquals("Anna Maria", displayedName(" Anna\r\n\tMaria "));
        assertEquals("علی\u200Cرضا", displayedName("علی\u200Cرضا"));
        assertEquals("a".repeat(31), displayedName("a".repeat(31) + "👩\u200D🚀"));
        assertEquals("ann", displayedName("\u2800\u115F"));
        assertEquals("ann", displayedName(5));
        String blank = Issuer.token("\u2800", claims -> claims.claim("name", ""));
        assertEquals("User", tokens.user(blank).author().name());
    }

    private User withCapabilities(Object caps) {
        return tokens.user(Issuer.token("ann", claims -> claims.claim("caps", caps)));
    }

    @Test
    void capabilitiesLimitRoomsAndPrivileges() {
        Capabilities capabilities = withCapabilities(List.of(
                        Map.of("rooms", List.of("class-*", "lobby"), "may", List.of("read", "write")),
                        Map.of("rooms", List.of("class-1"), "may", List.of("member", "moderate"))))
                .capabilities()
                .orElseThrow();
        Set<Privilege> all = EnumSet.allOf(Privilege.class);
        all.remove(Privilege.ERASE);
        assertEquals(all, capabilities.of("class-1"));
        assertEquals(Set.of(Privilege.READ, Privilege.WRITE), capabilities.of("lobby"));
        assertEquals(Set.of(), capabilities.of("hall"));
        assertEquals(
                EnumSet.allOf(Privilege.class),
                withCapabilities(List.of(Map.of("rooms", List.of("*"), "may", List.of("all"))))
                        .capabilities()
                        .orElseThrow()
                        .of("hall"));
        Capabilities ranked = withCapabilities(
                        List.of(Map.of("rooms", List.of("hall"), "may", List.of("moderate", "read"), "rank", 50)))
                .capabilities()
                .orElseThrow();
        assertEquals(50, ranked.rank("hall"));
        assertEquals(0, ranked.rank("lobby"));
        assertFalse(withCapabilities(List.of()).capabilities().orElseThrow().admitAny(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "\"lobby\"",
                "[\"lobby\"]",
                "[null]",
                "[{}]",
                "[{\"rooms\":[\"lobby\"]}]",
                "[{\"may\":[\"read\"]}]",
                "[{\"rooms\":\"lobby\",\"may\":[\"read\"]}]",
                "[{\"rooms\":[\"lobby\"],\"may\":\"read\"}]",
                "[{\"rooms\":[\"lobby\"],\"may\":null}]",
                "[{\"rooms\":[null],\"may\":[\"read\"]}]",
                "[{\"rooms\":[\"Lobby\"],\"may\":[\"read\"]}]",
                "[{\"rooms\":[\"lob*by\"],\"may\":[\"read\"]}]",
                "[{\"rooms\":[\"\"],\"may\":[\"read\"]}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"fly\"]}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"-write\"]}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[1]}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"read\"],\"until\":1}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"read\"],\"rank\":100}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"read\"],\"rank\":-1}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"read\"],\"rank\":1.5}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"read\"],\"rank\":\"5\"}]",
                "[{\"rooms\":[\"lobby\"],\"may\":[\"read\"],\"rank\":null}]",
            })
    void aTokenWithMalformedCapabilitiesIsRejected(String caps) throws ParseException {
        Map<String, Object> json = JSONObjectUtils.parse("{\"caps\":" + caps + "}");
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(Issuer.claims("ann", more -> more));
        claims.claim("caps", json.get("caps")).serializeNullClaims(true);
        String reason =
                assertRejected(Issuer.sign(JWSAlgorithm.HS256, null, Issuer.mac(Issuer.SECRET), claims.build()));
        assertTrue(reason.startsWith("Invalid caps in the token: "), reason);
    }

    private static Arguments invalid(String description, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return Arguments.of(description, claims);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidClaims")
    void aTokenWithInvalidClaimsIsRejected(String description, UnaryOperator<JWTClaimsSet.Builder> claims) {
        assertRejected(Issuer.token("ann", claims));
    }

    @Test
    void expiryAllowsForClockSkew() {
        Tokens lenient = new Tokens(settings("", "", Duration.ofSeconds(60)), Runnable::run);
        User ann = lenient.user(Issuer.token(
                "ann", claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(20)))));
        assertFalse(ann.expired(Instant.now()));
        assertTrue(ann.expired(Instant.now().plusSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30."})
    void aMalformedTokenIsRejected(String token) {
        assertRejected(token);
    }

    @Test
    void theReasonQuotesOnlyTheBeginningOfALongValue() {
        String header = "{\"alg\":\"HS256\",\"typ\":\"" + "x".repeat(4_000) + "\"}";
        String token = Base64URL.encode(header) + ".e30.AAAA";
        assertTrue(assertRejected(token).length() <= 200);
    }

    @Test
    void unsignedTokensOtherSecretsAndOtherAlgorithmsAreRejected() {
        JWTClaimsSet claims = Issuer.claims("ann", more -> more);
        assertRejected(new PlainJWT(claims).serialize());
        assertRejected(Issuer.sign(JWSAlgorithm.HS256, null, Issuer.mac("another-secret-of-32-bytes-or-so"), claims));
        // The right secret but an algorithm that is not accepted.
        String secret = Issuer.SECRET.repeat(2);
        Tokens longer =
                new Tokens(new TokenSettings(secret, "", "", "", Duration.ZERO, Duration.ofMinutes(5)), Runnable::run);
        longer.user(Issuer.sign(JWSAlgorithm.HS256, null, Issuer.mac(secret), claims));
        String hs512 = Issuer.sign(JWSAlgorithm.HS512, null, Issuer.mac(secret), claims);
        assertThrows(InvalidTokenException.class, () -> longer.user(hs512));
    }

    @Test
    void aTamperedTokenIsRejected() {
        String[] mine = Issuer.token("ann", claims -> claims).split("\\.");
        String[] theirs = Issuer.token("admin", claims -> claims).split("\\.");
        assertRejected(mine[0] + "." + theirs[1] + "." + mine[2]);
    }

    @Test
    void issuerAndAudienceAreCheckedIfConfigured() {
        Tokens strict = new Tokens(settings("https://shop.example", "veche", Duration.ZERO), Runnable::run);
        strict.user(Issuer.token(
                "ann", claims -> claims.issuer("https://shop.example").audience(List.of("other", "veche"))));
        List<String> wrong = List.of(
                Issuer.token("ann", claims -> claims),
                Issuer.token("ann", claims -> claims.issuer("https://shop.example")),
                Issuer.token(
                        "ann", claims -> claims.issuer("https://shop.example").audience("other")),
                Issuer.token(
                        "ann", claims -> claims.issuer("https://evil.example").audience("veche")));
        for (String token : wrong) {
            assertThrows(InvalidTokenException.class, () -> strict.user(token));
        }
    }

    @Test
    void withoutSettingsEveryTokenIsRejected() {
        String token = Issuer.token("ann", claims -> claims);
        assertThrows(InvalidTokenException.class, () -> Tokens.none().user(token));
    }

    @Test
    void aShortSecretIsRejectedWithItsLength() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new TokenSettings("short", "", "", "", Duration.ZERO, Duration.ZERO));
        assertEquals("veche.token.secret has 5 bytes; HS256 needs at least 32", refusal.getMessage());
    }
}
