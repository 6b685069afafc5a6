package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.HandshakeInfo;
import veche.identity.Identification;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.socket.container.DeflateNegotiation;

class HandshakePolicyTest {
    private static final Set<String> SUPPORTED = Set.of("soap", "wamp", "wamp.2.json");

    private static Optional<String> select(List<String> offered) {
        return offered.isEmpty()
                ? Optional.of("")
                : offered.stream().filter(SUPPORTED::contains).findFirst();
    }

    private final Map<String, String> headers = new HashMap<>(Map.of(
            "connection", "keep-alive, Upgrade",
            "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==",
            "sec-websocket-version", "13"));
    private String method = "GET";
    private List<SubprotocolCheck> subprotocolChecks = List.of();
    private Optional<Rejection> unavailable = Optional.empty();
    private Identification identification = new Identification();
    private List<ClientCheck> clientChecks = List.of();

    private HandshakePolicy policy() {
        return new HandshakePolicy(
                () -> unavailable,
                new OriginPolicy(Set.of("https://friend.example")),
                new TrustedProxies(List.of("10.0.0.0/8")),
                identification,
                HandshakePolicyTest::select,
                subprotocolChecks,
                clientChecks,
                Set.of("admin"),
                Optional.of(new DeflateNegotiation(1 << 20)));
    }

    private HandshakeRequest request(String peer, String query, String... offered) {
        return new HandshakeRequest(
                method,
                "http",
                "site.com:8080",
                "/chat",
                query,
                peer,
                List.of(offered),
                headers,
                null,
                List.of(),
                List.of(Locale.ENGLISH));
    }

    private HandshakeRequest request() {
        return request("203.0.113.7", null);
    }

    private HandshakeInfo admitted(HandshakeRequest request) throws HandshakeRejectedException {
        return policy().admit(request).handshake();
    }

    private Rejection rejected(HandshakeRequest request) {
        return assertThrows(HandshakeRejectedException.class, () -> policy().admit(request))
                .rejection();
    }

    @Test
    void noHandshakeIsAcceptedWhileTheServerStops() {
        unavailable = Optional.of(new Rejection(503, "The server stops", Map.of("Retry-After", "1")));
        headers.remove("sec-websocket-key");
        assertEquals(unavailable.get(), rejected(request("203.0.113.7", null)));
    }

    @Test
    void aPlainHandshakeOpensThePlainDialectAsAGuest() throws Exception {
        HandshakeInfo handshake = admitted(request());
        assertEquals("", handshake.subprotocol());
        assertEquals(URI.create("ws://site.com:8080/chat"), handshake.uri());
        assertEquals("203.0.113.7", handshake.remoteAddress());
        assertTrue(handshake.author().id().startsWith("guest:"));
        assertEquals(Map.of(), handshake.parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "12", "14", "13, 8", "", "thirteen"})
    void anyVersionButThirteenIsTold426AndTheVersionSpoken(String version) {
        headers.put("sec-websocket-version", version);
        Rejection rejection = rejected(request());
        assertEquals(426, rejection.status());
        assertEquals(Map.of("Sec-WebSocket-Version", "13"), rejection.headers());
    }

    @Test
    void noVersionIsTheWrongVersion() {
        headers.remove("sec-websocket-version");
        assertEquals(426, rejected(request()).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "HEAD", "OPTIONS"})
    void aHandshakeByAnotherMethodThanGetIsAnswered405(String other) {
        method = other;
        Rejection rejection = rejected(request());
        assertEquals(405, rejection.status());
        assertEquals(Map.of("Allow", "GET"), rejection.headers());
    }

    @ParameterizedTest
    @CsvSource({
        "connection,",
        "connection, keep-alive",
        "connection, Upgraded",
        "sec-websocket-key,",
        "sec-websocket-key, ''",
        "sec-websocket-key, dGhlIHNhbXBsZQ==",
        "sec-websocket-key, dGhlIHNhbXBsZSBub25jZQ",
        "sec-websocket-key, dGhlIHNhbXBsZSBub25jZXM=",
        "sec-websocket-key, 'dGhlIHNhbXBsZSBub25jZ!=='",
        "sec-websocket-key, 'dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=='",
    })
    void aMissingOrMalformedFieldOfTheHandshakeIsAnswered400(String field, String value) {
        headers.remove(field);
        if (value != null) {
            headers.put(field, value);
        }
        assertEquals(400, rejected(request()).status());
    }

    @Test
    void theTokensOfConnectionAreComparedWithoutCase() throws Exception {
        headers.put("connection", "close,UPGRADE");
        assertEquals("", admitted(request()).subprotocol());
    }

    @ParameterizedTest
    @CsvSource({
        "'soap,wamp', soap",
        "'wamp,soap', wamp",
        "'mqtt,wamp.2.json,soap', wamp.2.json",
    })
    void theFirstOfTheClientsOffersThatIsSpokenIsChosen(String offered, String chosen) throws Exception {
        assertEquals(
                chosen,
                admitted(request("203.0.113.7", null, offered.split(","))).subprotocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "SOAP", "wamp.2", ""})
    void whoOffersNothingThatIsSpokenIsRefused(String offered) {
        assertEquals(400, rejected(request("203.0.113.7", null, offered)).status());
    }

    @Test
    void aForeignOriginIsToldTheSettingThatCouldListIt() {
        headers.put("origin", "https://evil.example");
        Rejection rejection = rejected(request());
        assertEquals(403, rejection.status());
        assertTrue(rejection.message().contains("veche.allowed-origins"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://site.com:8080", "https://friend.example"})
    void itsOwnOriginAndAListedOnePass(String origin) throws Exception {
        headers.put("origin", origin);
        assertEquals("", admitted(request()).subprotocol());
    }

    private void forwarded() {
        headers.put("x-forwarded-proto", "https");
        headers.put("x-forwarded-host", "chat.example, inner.example");
        headers.put("x-forwarded-for", "198.51.100.1, 203.0.113.9");
        headers.put("origin", "https://chat.example");
    }

    @Test
    void aTrustedProxyTellsSchemeHostAndClient() throws Exception {
        forwarded();
        HandshakeInfo handshake = admitted(request("10.0.0.1", null));
        assertEquals(URI.create("wss://chat.example/chat"), handshake.uri());
        assertEquals("203.0.113.9", handshake.remoteAddress());
    }

    @Test
    void anyoneElseWhoForwardsIsNotBelieved() throws Exception {
        forwarded();
        assertEquals(403, rejected(request()).status());
        headers.remove("origin");
        HandshakeInfo handshake = admitted(request());
        assertEquals(URI.create("ws://site.com:8080/chat"), handshake.uri());
        assertEquals("203.0.113.7", handshake.remoteAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "room=Lobby",
                "room=",
                "room",
                "room=a%20b",
                "room=a+b",
                "room=%",
                "name=%zz",
                "name=",
                "name=%20%20",
                "name=a%00b",
                "name=a%E2%80%AEb",
                "name=123456789012345678901234567890123",
                "guest=short",
                "guest=with%20spaces%20in%20it"
            })
    void badParametersAreRefusedWith400(String query) {
        assertEquals(400, rejected(request("203.0.113.7", query)).status());
    }

    @Test
    void parametersAreDecodedAndTheFirstOfANameCounts() throws Exception {
        HandshakeInfo handshake =
                admitted(request("203.0.113.7", "name=%D0%94%D0%B6%D0%BE%D0%BD+B&room=hall&room=Bad&empty=&bare&&"));
        assertEquals("Джон B", handshake.author().name());
        assertEquals(Optional.of("hall"), handshake.parameter("room"));
        assertEquals(Optional.of(""), handshake.parameter("bare"));
        assertEquals(Optional.empty(), handshake.parameter("absent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site.com/evil", "site.com evil", "user@site.com", "site.com\r\nx: y", ""})
    void aMalformedHostIsRefused(String host) {
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "http",
                host,
                "/chat",
                null,
                "203.0.113.7",
                List.of(),
                headers,
                null,
                List.of(),
                List.of(Locale.ENGLISH));
        assertEquals(400, rejected(request).status());
    }

    @Test
    void aMissingHostIsRefused() {
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "http",
                null,
                "/chat",
                null,
                "203.0.113.7",
                List.of(),
                headers,
                null,
                List.of(),
                List.of(Locale.ENGLISH));
        assertEquals(400, rejected(request).status());
    }

    @Test
    void aDialectMayAskMoreOfItsOwnHandshakes() throws Exception {
        Rejection unread = new Rejection(400, "Not this SOAP", Map.of("a", "b"));
        subprotocolChecks = List.of((subprotocol, fields) ->
                subprotocol.equals("soap") && fields.containsKey("strange") ? Optional.of(unread) : Optional.empty());
        headers.put("strange", "yes");
        assertEquals(unread, rejected(request("203.0.113.7", null, "soap")));
        assertEquals("wamp", admitted(request("203.0.113.7", null, "wamp")).subprotocol());
    }

    @Test
    void theContainersPrincipalGoesBeforeAnyName() throws Exception {
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "http",
                "site.com",
                "/chat",
                "name=Somebody",
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
    void theOriginIsJudgedOnceMoreByTheSameRule() throws HandshakeRejectedException {
        Handshake passed = policy().admit(request());
        assertTrue(passed.admits(passed.ownOrigin()));
        assertTrue(passed.admits(""));
        assertFalse(passed.admits("https://evil.example"));
    }

    @Test
    void aTokenInTheHeaderOrTheQuerySaysWhoItIsAndGoesNoFurther() throws Exception {
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run));
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
    void aBadTokenIsAnswered401() {
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
    void anEmptyTokenIsAnswered401(String authorization) {
        headers.put("authorization", authorization);
        assertEquals(401, rejected(request()).status());
        identification = new Identification(new Tokens(Issuer.settings(), Runnable::run));
        assertEquals(401, rejected(request()).status());
    }

    @Test
    void whereNoTokensAreTakenPresentingOneIsRefusedAndOtherSchemesAreNotOurs() throws Exception {
        assertEquals(401, rejected(request("203.0.113.7", "access_token=x")).status());
        headers.put("authorization", "Basic YTpi");
        assertTrue(admitted(request()).author().id().startsWith("guest:"));
    }

    @Test
    void theDoorkeeperHasTheLastWord() {
        Rejection banned = new Rejection(403, "Banned: spam", Map.of());
        clientChecks =
                List.of(handshake -> handshake.author().name().equals("Eve") ? Optional.of(banned) : Optional.empty());
        assertEquals(banned, rejected(request("203.0.113.7", "name=Eve")));
    }
}
