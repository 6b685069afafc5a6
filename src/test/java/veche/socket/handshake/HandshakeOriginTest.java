package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.HandshakeInfo;

/** The origin and the address of a client, also behind a proxy. */
class HandshakeOriginTest extends HandshakePolicyFixture {
    @Test
    void aForeignOriginIsRejectedWithTheNameOfTheSetting() {
        headers.put("origin", "https://evil.example");
        Rejection rejection = rejected(request());
        assertEquals(403, rejection.status());
        assertTrue(rejection.message().contains("veche.allowed-origins"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://site.com:8080", "https://friend.example"})
    void theOwnOriginAndAListedOneAreAdmitted(String origin) throws Exception {
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
    void aTrustedProxyDeterminesSchemeHostAndClient() throws Exception {
        forwarded();
        HandshakeInfo handshake = admitted(request("10.0.0.1", null));
        assertEquals(URI.create("wss://chat.example/chat"), handshake.uri());
        assertEquals("203.0.113.9", handshake.remoteAddress());
    }

    @Test
    void forwardedHeadersOfUntrustedPeersAreIgnored() throws Exception {
        forwarded();
        assertEquals(403, rejected(request()).status());
        headers.remove("origin");
        HandshakeInfo handshake = admitted(request());
        assertEquals(URI.create("ws://site.com:8080/chat"), handshake.uri());
        assertEquals("203.0.113.7", handshake.remoteAddress());
    }

    @Test
    void theOriginCheckCanBeRepeated() throws HandshakeRejectedException {
        Handshake passed = policy().admit(request());
        assertTrue(passed.admits(passed.ownOrigin()));
        assertTrue(passed.admits(""));
        assertFalse(passed.admits("https://evil.example"));
    }
}
