package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.ABORT;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import veche.dialect.CloseCode;
import veche.dialect.wamp.TestClient;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.WampSettings;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;

/** A client of a server that offers every authentication method, with the credentials of one user. */
abstract class AuthenticationFixture {
    final KeyPair keys = generate();

    final Map<String, Credential.Secret> secrets = Map.of(
            "ticket", new Credential.Tickets(Set.of(TicketLogin.digest("s3cret"))),
            "wampcra", new Credential.Cra(WampCra.derive("s3cret", "salt", 100, 32), "salt", 100, 32),
            "wamp-scram", Scram.store("s3cret", "NaCl".getBytes(StandardCharsets.UTF_8), 4096),
            "cryptosign", new Credential.Keys(Set.of(publicKey(keys))));

    final Credentials credentials = new Credentials() {
        private final Decoys decoys = new Decoys(new byte[16], secrets.values());

        @Override
        public CompletionStage<Optional<Credential>> find(String method, String realm, String authid) {
            boolean known = authid.equals("alice") || authid.equals(publicKey(keys));
            return CompletableFuture.completedFuture(Optional.ofNullable(known ? secrets.get(method) : null)
                    .map(secret ->
                            new Credential("alice", "Alice", List.of("member"), Optional.empty(), "test", secret)));
        }

        @Override
        public Decoys decoys() {
            return decoys;
        }
    };

    TestRealm realm;
    TestClient client;

    @BeforeEach
    void connect() {
        realm = new TestRealm(WampSettings.DEFAULT, methods());
        client = realm.connect("wamp.2.json");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    List<Authenticator> methods() {
        return List.of(
                new Anonymous(),
                new TicketLogin(credentials),
                new WampCra(credentials, new Json(DecodingLimits.DEFAULT)),
                new Scram(credentials),
                new Cryptosign(credentials));
    }

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String publicKey(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length);
    }

    void hello(String method, String authid, Map<String, Object> authextra) {
        Map<String, Object> details =
                dict("roles", TestClient.allRoles(), "authmethods", List.of(method), "authextra", authextra);
        if (authid != null) {
            details.put("authid", authid);
        }
        client.sendMessage(HELLO, "veche", details);
    }

    Map<?, ?> challenge(String method) {
        List<Object> challenge = client.expect(CHALLENGE);
        assertEquals(method, challenge.get(1));
        return (Map<?, ?>) challenge.get(2);
    }

    Map<?, ?> assertWelcomed(String method) {
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

    void assertDenied() {
        deniedDetails();
    }

    /** The details of the ABORT that denies the authentication. */
    Map<?, ?> deniedDetails() {
        List<Object> abort = client.expect(ABORT);
        assertEquals("wamp.error.authentication_denied", abort.get(2));
        assertEquals(CloseCode.NORMAL, client.closeCode());
        return (Map<?, ?>) abort.get(1);
    }

    static byte[] pbkdf2(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
    }

    static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
