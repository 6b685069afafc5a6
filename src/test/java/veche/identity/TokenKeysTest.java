package veche.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens signed with private keys and verified with a JWK set. */
class TokenKeysTest {
    private static final JWTClaimsSet CLAIMS = Issuer.claims("ann", more -> more);

    @TempDir
    Path directory;

    private static TokenSettings settings(String jwks) {
        return new TokenSettings("", jwks, "", "", Duration.ZERO, Duration.ofMinutes(5));
    }

    private Tokens tokens(JWK... keys) throws IOException {
        Path file = directory.resolve("keys.json");
        Files.writeString(file, new JWKSet(List.of(keys)).toString(true));
        return new Tokens(settings(file.toString()), Runnable::run);
    }

    private static void assertAccepted(Tokens tokens, String token) {
        assertEquals("user:ann", tokens.user(token).author().id());
    }

    private static void assertRejected(Tokens tokens, String token) {
        assertThrows(InvalidTokenException.class, () -> tokens.user(token));
    }

    @Test
    void rs256AndEs256TokensAreVerified() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        RSAKey other = new RSAKeyGenerator(2048).keyID("r").generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        Tokens tokens = tokens(rsa, ec);
        assertAccepted(tokens, Issuer.sign(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa), CLAIMS));
        assertAccepted(tokens, Issuer.sign(JWSAlgorithm.RS256, null, new RSASSASigner(rsa), CLAIMS));
        assertAccepted(tokens, Issuer.sign(JWSAlgorithm.ES256, "e", new ECDSASigner(ec), CLAIMS));
        assertRejected(tokens, Issuer.sign(JWSAlgorithm.RS256, "r", new RSASSASigner(other), CLAIMS));
        assertRejected(tokens, Issuer.sign(JWSAlgorithm.RS256, "unknown", new RSASSASigner(rsa), CLAIMS));
        assertRejected(tokens, Issuer.sign(JWSAlgorithm.RS512, "r", new RSASSASigner(rsa), CLAIMS));
    }

    /** Algorithm confusion: the public key, which is not secret, used as the HS256 secret. */
    @Test
    void aPublicKeyIsNotAcceptedAsAnHs256Secret() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        String pem = new String(rsa.toRSAPublicKey().getEncoded(), UTF_8);
        assertRejected(tokens(rsa), Issuer.sign(JWSAlgorithm.HS256, "r", Issuer.mac(pem), CLAIMS));
    }

    @Test
    void edDsaTokensAreVerified() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Tokens tokens = tokens(publicKey(pair));
        String header = Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"d\"}").toString();
        assertAccepted(tokens, signed(pair, header));
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertRejected(tokens, signed(other, header));
        String critical = Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"d\",\"crit\":[\"b64\"],\"b64\":true}")
                .toString();
        assertRejected(tokens, signed(pair, critical));
    }

    private static OctetKeyPair publicKey(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key))
                .keyID("d")
                .build();
    }

    private static String signed(KeyPair pair, String header) throws Exception {
        String content = header + "." + Base64URL.encode(CLAIMS.toString());
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(content.getBytes(UTF_8));
        return content + "." + Base64URL.encode(signer.sign());
    }

    @Test
    void anUnreadableKeyFileIsReportedAtStartup() {
        String missing = directory.resolve("missing.json").toString();
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> new Tokens(settings(missing), Runnable::run));
        assertEquals("veche.token.jwks=" + missing + " cannot be read", failure.getMessage());
    }

    @Test
    void keysOfAUrlAreFetchedOnAnotherThread() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        byte[] set = new JWKSet(rsa).toString(true).getBytes(UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        server.start();
        try {
            Queue<Runnable> fetches = new ArrayDeque<>();
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
            Tokens tokens = new Tokens(settings(url), fetches::add);
            String token = Issuer.sign(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa), CLAIMS);
            assertRejected(tokens, token);
            assertEquals(1, fetches.size());
            fetches.remove().run();
            assertAccepted(tokens, token);
        } finally {
            server.stop(0);
        }
    }
}
