package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.WELCOME;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.Cryptosign;
import veche.dialect.wamp.auth.Scram;
import veche.dialect.wamp.auth.TicketLogin;
import veche.dialect.wamp.auth.WampCra;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;

class AuthenticationTest {
    private final KeyPair keys = generate();
    private final Map<String, Credential.Secret> secrets = Map.of(
            "ticket", new Credential.Ticket("s3cret"),
            "wampcra", new Credential.Cra(WampCra.derive("s3cret", "salt", 100, 32), "salt", 100, 32),
            "wamp-scram", Scram.store("s3cret", "NaCl".getBytes(StandardCharsets.UTF_8), 4096),
            "cryptosign", new Credential.Keys(Set.of(publicKey(keys))));
    private final Credentials credentials = (method, realm, authid) -> CompletableFuture.completedFuture(
            Optional.ofNullable(authid.equals("alice") || authid.equals(publicKey(keys)) ? secrets.get(method) : null)
                    .map(secret -> new Credential("alice", "Alice", "member", "test", secret)));
    private final List<Authenticator> methods = List.of(
            new Anonymous(),
            new TicketLogin(credentials),
            new WampCra(credentials, new Json(DecodingLimits.DEFAULT)),
            new Scram(credentials),
            new Cryptosign(credentials));
    private final TestRealm realm = new TestRealm(WampSettings.DEFAULT, methods);
    private final TestClient client = realm.connect("wamp.2.json");

    @AfterEach
    void close() {
        realm.close();
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String publicKey(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length);
    }

    private void hello(String method, String authid, Map<String, Object> authextra) {
        Map<String, Object> details =
                dict("roles", TestClient.allRoles(), "authmethods", List.of(method), "authextra", authextra);
        if (authid != null) {
            details.put("authid", authid);
        }
        client.say(HELLO, "veche", details);
    }

    private Map<?, ?> challenge(String method) {
        List<Object> challenge = client.expect(CHALLENGE);
        assertEquals(method, challenge.get(1));
        return (Map<?, ?>) challenge.get(2);
    }

    private Map<?, ?> welcomed(String method) {
        Map<?, ?> details = (Map<?, ?>) client.expect(WELCOME).get(2);
        assertEquals(
                List.of("alice", "member", method, "test"),
                List.of(
                        details.get("authid"),
                        details.get("authrole"),
                        details.get("authmethod"),
                        details.get("authprovider")));
        return (Map<?, ?>) details.get("authextra");
    }

    private void refused() {
        assertEquals("wamp.error.authentication_denied", client.expect(ABORT).get(2));
        assertEquals(CloseCode.NORMAL, client.closed());
    }

    @Test
    void aMethodThatIsNotOfferedIsAborted() {
        hello("tls", "alice", dict());
        assertEquals("wamp.error.no_matching_auth_method", client.expect(ABORT).get(2));
    }

    @Test
    void theRightTicketIsWelcome() {
        hello("ticket", "alice", dict());
        assertEquals(Map.of(), challenge("ticket"));
        client.say(AUTHENTICATE, "s3cret", dict());
        welcomed("ticket");
        client.session = 1;
        client.subscribe("veche.room.lobby");
        client.request(PUBLISH, dict("exclude_me", false), "veche.room.lobby", List.of("x"));
        assertEquals(
                dict("id", "user:alice", "name", "Alice"),
                ((Map<?, ?>) client.expect(EVENT).get(5)).get("author"));
    }

    @Test
    void aWrongTicketIsNot() {
        hello("ticket", "alice", dict());
        challenge("ticket");
        client.say(AUTHENTICATE, "wrong", dict());
        refused();
    }

    @Test
    void anUnknownPrincipalIsChallengedAndRefusedAlike() {
        hello("ticket", "mallory", dict());
        challenge("ticket");
        client.say(AUTHENTICATE, "s3cret", dict());
        refused();
    }

    @Test
    void aProofNeedsAPrincipal() {
        hello("ticket", null, dict());
        assertEquals("wamp.error.authentication_denied", client.expect(ABORT).get(2));
    }

    @Test
    void nothingButTheProofIsHeardAfterTheChallenge() {
        hello("ticket", "alice", dict());
        challenge("ticket");
        client.say(SUBSCRIBE, 1, dict(), "a.b");
        assertEquals("wamp.error.protocol_violation", client.expect(ABORT).get(2));
    }

    @Test
    void authenticateWithoutAChallengeIsAViolation() {
        client.hello();
        client.say(AUTHENTICATE, "x", dict());
        assertEquals("wamp.error.protocol_violation", client.expect(ABORT).get(2));
    }

    @Test
    void wampCraAsAutobahnComputesIt() throws Exception {
        hello("wampcra", "alice", dict());
        Map<?, ?> extra = challenge("wampcra");
        assertEquals(
                List.of("salt", 100L, 32L), List.of(extra.get("salt"), extra.get("iterations"), extra.get("keylen")));
        byte[] derived = pbkdf2("s3cret", "salt".getBytes(StandardCharsets.UTF_8), 100);
        byte[] key = Base64.getEncoder().encode(derived);
        client.say(AUTHENTICATE, base64(hmac(key, (String) extra.get("challenge"))), dict());
        welcomed("wampcra");
    }

    @Test
    void aWrongCraSignatureIsRefused() {
        hello("wampcra", "alice", dict());
        challenge("wampcra");
        client.say(AUTHENTICATE, base64(new byte[32]), dict());
        refused();
    }

    @Test
    void scramProvesBothSides() throws Exception {
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
        client.say(AUTHENTICATE, base64(signature), dict("nonce", whole, "channel_binding", null, "cbind_data", null));
        assertEquals(
                base64(hmac(hmac(salted, "Server Key"), message)),
                welcomed("wamp-scram").get("verifier"));
    }

    @Test
    void theScramExampleOfRfc7677Verifies() throws Exception {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        Credential.Scram stored = Scram.store("pencil", salt, 4096);
        String message = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertEquals(
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                base64(hmac(Base64.getDecoder().decode(stored.serverKey()), message)));
    }

    @Test
    void anUnknownScramPrincipalGetsTheSameSaltEachTime() {
        hello("wamp-scram", "mallory", dict("nonce", "eA=="));
        Map<?, ?> first = challenge("wamp-scram");
        TestClient again = realm.connect("wamp.2.json");
        again.say(
                1,
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
        client.say(AUTHENTICATE, base64(new byte[32]), dict("nonce", first.get("nonce")));
        refused();
    }

    @Test
    void cryptosignWelcomesWhoeverHoldsTheKey() throws Exception {
        hello("cryptosign", null, dict("pubkey", publicKey(keys), "channel_binding", null));
        String challenge = (String) challenge("cryptosign").get("challenge");
        client.say(AUTHENTICATE, signed(challenge) + challenge, dict());
        welcomed("cryptosign");
    }

    private String signed(String challenge) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(HexFormat.of().parseHex(challenge));
        return HexFormat.of().formatHex(signer.sign());
    }

    @Test
    void cryptosignRefusesASignatureOfSomethingElse() throws Exception {
        hello("cryptosign", "alice", dict("pubkey", publicKey(keys)));
        challenge("cryptosign");
        String other = HexFormat.of().formatHex(new byte[32]);
        client.say(AUTHENTICATE, signed(other) + other, dict());
        refused();
    }

    @Test
    void cryptosignRefusesAnotherKey() throws Exception {
        hello("cryptosign", "alice", dict("pubkey", publicKey(generate())));
        String challenge = (String) challenge("cryptosign").get("challenge");
        client.say(AUTHENTICATE, signed(challenge) + challenge, dict());
        refused();
    }

    private static byte[] pbkdf2(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Test
    void proofsAreNotReusable() {
        assertFalse(Arrays.equals(
                ((String) challengeOf()).getBytes(StandardCharsets.UTF_8),
                ((String) challengeOf()).getBytes(StandardCharsets.UTF_8)));
    }

    private Object challengeOf() {
        TestClient other = realm.connect("wamp.2.json");
        other.say(
                1, "veche", dict("roles", TestClient.allRoles(), "authmethods", List.of("wampcra"), "authid", "alice"));
        return ((Map<?, ?>) other.expect(CHALLENGE).get(2)).get("challenge");
    }
}
