package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestClient;

/** SCRAM (RFC 5802) over WAMP ({@code wamp-scram}). */
class ScramTest extends AuthenticationFixture {
    @Test
    void clientAndServerAuthenticateEachOther() throws Exception {
        String nonce = "egVDf3DMJh0=";
        hello("wamp-scram", "alice", dict("nonce", nonce, "channel_binding", null));
        Map<?, ?> extra = challenge("wamp-scram");
        String whole = (String) extra.get("nonce");
        assertTrue(whole.startsWith(nonce) && whole.length() > nonce.length() + 16);
        assertEquals(List.of("pbkdf2", 4096L), List.of(extra.get("kdf"), extra.get("iterations")));
        String message = "n=alice,r=" + nonce + ",r=" + whole + ",s=" + extra.get("salt") + ",i=4096,c=biws,r=" + whole;
        byte[] salted = pbkdf2("s3cret", Base64.getDecoder().decode((String) extra.get("salt")), 4096);
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] signature = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), message);
        for (int i = 0; i < signature.length; i++) {
            signature[i] ^= clientKey[i];
        }
        client.sendMessage(
                AUTHENTICATE, base64(signature), dict("nonce", whole, "channel_binding", null, "cbind_data", null));
        assertEquals(
                base64(hmac(hmac(salted, "Server Key"), message)),
                assertWelcomed("wamp-scram").get("verifier"));
    }

    @Test
    void theExampleOfRfc7677Verifies() throws Exception {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        Credential.Scram stored = Scram.store("pencil", salt, 4096);
        String message = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertEquals(
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                base64(hmac(Base64.getDecoder().decode(stored.serverKey()), message)));
    }

    @Test
    void anUnknownPrincipalReceivesTheSameSaltEachTime() {
        hello("wamp-scram", "mallory", dict("nonce", "eA=="));
        Map<?, ?> first = challenge("wamp-scram");
        TestClient again = realm.connect("wamp.2.json");
        again.sendMessage(
                HELLO,
                "veche",
                dict(
                        "roles",
                        TestClient.allRoles(),
                        "authmethods",
                        List.of("wamp-scram"),
                        "authid",
                        "mallory",
                        "authextra",
                        dict("nonce", "eA==")));
        Map<?, ?> second = (Map<?, ?>) again.expect(CHALLENGE).get(2);
        assertEquals(first.get("salt"), second.get("salt"));
        assertNotEquals(first.get("nonce"), second.get("nonce"));
        client.sendMessage(AUTHENTICATE, base64(new byte[32]), dict("nonce", first.get("nonce")));
        assertDenied();
    }
}
