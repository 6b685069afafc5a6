package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;

/** Challenge-response authentication ({@code wampcra}). */
class WampCraTest extends AuthenticationFixture {
    @Test
    void aSignatureAsAutobahnComputesItIsAccepted() throws Exception {
        hello("wampcra", "alice", dict());
        Map<?, ?> extra = challenge("wampcra");
        assertEquals(
                List.of("salt", 100L, 32L), List.of(extra.get("salt"), extra.get("iterations"), extra.get("keylen")));
        byte[] derived = pbkdf2("s3cret", "salt".getBytes(StandardCharsets.UTF_8), 100);
        byte[] key = Base64.getEncoder().encode(derived);
        client.sendMessage(AUTHENTICATE, base64(hmac(key, (String) extra.get("challenge"))), dict());
        assertWelcomed("wampcra");
    }

    @Test
    void aWrongSignatureIsDenied() {
        hello("wampcra", "alice", dict());
        challenge("wampcra");
        client.sendMessage(AUTHENTICATE, base64(new byte[32]), dict());
        assertDenied();
    }

    @Test
    void everyChallengeIsDifferent() {
        assertFalse(Arrays.equals(
                ((String) challengeOf()).getBytes(StandardCharsets.UTF_8),
                ((String) challengeOf()).getBytes(StandardCharsets.UTF_8)));
    }

    private Object challengeOf() {
        TestClient other = realm.connect("wamp.2.json");
        other.sendMessage(
                HELLO,
                "veche",
                dict("roles", TestClient.allRoles(), "authmethods", List.of("wampcra"), "authid", "alice"));
        return ((Map<?, ?>) other.expect(CHALLENGE).get(2)).get("challenge");
    }
}
