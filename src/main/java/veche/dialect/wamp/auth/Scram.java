package veche.dialect.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.SessionMessage.Authenticate;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * {@code wamp-scram} with Argon2id or PBKDF2 and without channel binding (advanced profile, "Salted Challenge Response
 * Authentication"; RFC 5802, RFC 7677). An unknown principal is challenged like a known one, and fails.
 */
public final class Scram implements Authenticator {
    private static final int NONCE = 16;
    private static final int KEY = 32;
    /** "n,,": no channel binding, no authzid. */
    private static final String CHANNEL = Proof.base64("n,,".getBytes(StandardCharsets.UTF_8));

    private final Credentials credentials;

    public Scram(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Derives with PBKDF2 the credential to store for a password. */
    public static Credential.Scram store(String password, byte[] salt, int iterations) {
        KeyDerivation derivation = new KeyDerivation(KeyDerivation.Function.PBKDF2, iterations, 0);
        return store(derivation, salt, Proof.pbkdf2(password, salt, iterations, KEY));
    }

    /**
     * Derives the credential to store for a salted password.
     *
     * @param derivation how the client derives the salted password
     * @param salted the salted password, 32 octets
     */
    public static Credential.Scram store(KeyDerivation derivation, byte[] salt, byte[] salted) {
        byte[] clientKey = Proof.hmac(salted, "Client Key");
        return new Credential.Scram(
                derivation,
                Proof.base64(salt),
                Proof.base64(Proof.sha256(clientKey)),
                Proof.base64(Proof.hmac(salted, "Server Key")));
    }

    @Override
    public String method() {
        return "wamp-scram";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        String nonce = claim.authextra().string("nonce").orElseThrow(() -> Proof.missing("authextra.nonce"));
        String authid = claim.requiredAuthid();
        if (claim.authextra().string("channel_binding").isPresent()) {
            throw new WampErrorException(Uri.AUTHENTICATION_DENIED, "Channel binding is not supported");
        }
        return credentials.find(method(), claim.realm(), authid).thenApply(found -> challenge(found, authid, nonce));
    }

    private Step challenge(Optional<Credential> found, String authid, String clientNonce) {
        Credential.Scram decoy = credentials.decoys().scram(authid);
        Optional<Credential.Scram> known = Proof.secret(found, Credential.Scram.class);
        Credential.Scram secret = known.orElse(decoy);
        KeyDerivation derivation = secret.derivation();
        String nonce = clientNonce + Proof.base64(Proof.random(NONCE));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("nonce", nonce);
        extra.put("salt", secret.salt());
        extra.put("kdf", derivation.function().wireName());
        extra.put("iterations", (long) derivation.iterations());
        extra.put("memory", derivation.memoryKibibytes() == 0 ? null : (long) derivation.memoryKibibytes());
        String first = "n=" + escaped(authid) + ",r=" + clientNonce + ",r=" + nonce + ",s=" + secret.salt() + ",i="
                + derivation.iterations();
        return new Challenged(
                new Dict(extra),
                answer -> check(known.isPresent() ? found : Optional.empty(), secret, first, nonce, answer));
    }

    private static String escaped(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    private CompletionStage<Step> check(
            Optional<Credential> found, Credential.Scram secret, String first, String nonce, Authenticate answer) {
        String message = first + ",c=" + CHANNEL + ",r=" + nonce;
        boolean right = nonce.equals(answer.extra().string("nonce").orElse(""))
                && answer.extra().string("channel_binding").isEmpty()
                && proves(secret, message, Proof.base64(answer.signature()));
        if (!right || found.isEmpty()) {
            return Proof.denied();
        }
        String verifier = Proof.base64(Proof.hmac(Proof.base64(secret.serverKey()), message));
        return CompletableFuture.completedFuture(
                new Admitted(found.get().identity(method(), Map.of("verifier", verifier))));
    }

    private static boolean proves(Credential.Scram secret, String message, byte[] proof) {
        byte[] storedKey = Proof.base64(secret.storedKey());
        byte[] clientKey = Proof.hmac(storedKey, message);
        if (proof.length != clientKey.length) {
            return false;
        }
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(storedKey, Proof.sha256(clientKey));
    }
}
