package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.HandshakeInfo;

class HandshakePolicyTest extends HandshakePolicyFixture {
    @ParameterizedTest
    @CsvSource({"HTTP/0.9, false", "HTTP/1.0, false", "HTTP/1.1, true", "HTTP/2.0, true", "HTTP/3, true"})
    void aHandshakeRequiresHttp11(String protocol, boolean accepted) {
        Executable check = () -> UpgradeRequest.checkVersion(protocol);
        if (accepted) {
            assertDoesNotThrow(check);
        } else {
            assertEquals(
                    400,
                    assertThrows(HandshakeRejectedException.class, check)
                            .rejection()
                            .status());
        }
    }

    @Test
    void aHandshakeHasOneHost() {
        assertDoesNotThrow(() -> UpgradeRequest.checkHosts(List.of("site.com")));
        for (List<String> hosts : List.of(List.<String>of(), List.of("site.com", "site.com"))) {
            assertThrows(HandshakeRejectedException.class, () -> UpgradeRequest.checkHosts(hosts));
        }
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
    void anUnsupportedVersionIsRejectedWith426AndTheSupportedVersion(String version) {
        headers.put("sec-websocket-version", version);
        Rejection rejection = rejected(request());
        assertEquals(426, rejection.status());
        assertEquals(Map.of("Sec-WebSocket-Version", "13"), rejection.headers());
    }

    @Test
    void aMissingVersionIsRejectedWith426() {
        headers.remove("sec-websocket-version");
        assertEquals(426, rejected(request()).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "HEAD", "OPTIONS"})
    void aMethodOtherThanGetIsRejectedWith405(String other) {
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
    void aMissingOrMalformedHeaderFieldIsRejectedWith400(String field, String value) {
        headers.remove(field);
        if (value != null) {
            headers.put(field, value);
        }
        assertEquals(400, rejected(request()).status());
    }

    @Test
    void connectionTokensAreCaseInsensitive() throws Exception {
        headers.put("connection", "close,UPGRADE");
        assertEquals("", admitted(request()).subprotocol());
    }

    @ParameterizedTest
    @CsvSource({
        "'soap,wamp', soap",
        "'wamp,soap', wamp",
        "'mqtt,wamp.2.json,soap', wamp.2.json",
    })
    void theFirstSupportedSubprotocolIsSelected(String offered, String chosen) throws Exception {
        assertEquals(
                chosen,
                admitted(request("203.0.113.7", null, offered.split(","))).subprotocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "SOAP", "wamp.2", ""})
    void unsupportedSubprotocolsAreRejectedWith400(String offered) {
        assertEquals(400, rejected(request("203.0.113.7", null, offered)).status());
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
    void invalidParametersAreRejectedWith400(String query) {
        assertEquals(400, rejected(request("203.0.113.7", query)).status());
    }

    @Test
    void parametersAreDecodedAndTheFirstValueOfANameCounts() throws Exception {
        HandshakeInfo handshake =
                admitted(request("203.0.113.7", "name=%D0%94%D0%B6%D0%BE%D0%BD+B&room=hall&room=Bad&empty=&bare&&"));
        assertEquals("Джон B", handshake.author().name());
        assertEquals(Optional.of("hall"), handshake.parameter("room"));
        assertEquals(Optional.of(""), handshake.parameter("bare"));
        assertEquals(Optional.empty(), handshake.parameter("absent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site.com/evil", "site.com evil", "user@site.com", "site.com\r\nx: y", ""})
    void aMalformedHostIsRejected(String host) {
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
    void aMissingHostIsRejected() {
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
    void aDialectMayRejectHandshakesOfItsSubprotocol() throws Exception {
        Rejection unsupported = new Rejection(400, "Not this SOAP", Map.of("a", "b"));
        subprotocolChecks = List.of((subprotocol, fields) -> subprotocol.equals("soap") && fields.containsKey("strange")
                ? Optional.of(unsupported)
                : Optional.empty());
        headers.put("strange", "yes");
        assertEquals(unsupported, rejected(request("203.0.113.7", null, "soap")));
        assertEquals("wamp", admitted(request("203.0.113.7", null, "wamp")).subprotocol());
    }
}
