package veche.dialect.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.codec.Json;
import veche.dialect.wamp.message.Dict;

/**
 * Challenge-response authentication with a salted shared secret (advanced profile, "Challenge Response
 * Authentication"). An unknown principal is challenged like a known one, and fails.
 */
public final class WampCra implements Authenticator {
    /** The iteration count of new credentials; clients in JavaScript derive the key without native code. */
    public static final int ITERATIONS = 100_000;
    /** The length of the derived key of new credentials, in octets. */
    public static final int LENGTH = 32;

    private final Credentials credentials;
    private final Json json;

    public WampCra(Credentials credentials, Json json) {
        this.credentials = credentials;
        this.json = json;
    }

    /** Derives the key of a salted secret with PBKDF2 and HMAC-SHA-256, in base64, compatible with Autobahn. */
    public static String derive(String secret, String salt, int iterations, int length) {
        return Proof.base64(Proof.pbkdf2(secret, salt.getBytes(StandardCharsets.UTF_8), iterations, length));
    }

    @Override
    public String method() {
        return "wampcra";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        String authid = claim.requiredAuthid();
        return credentials.find(method(), claim.realm(), authid).thenApply(found -> challenge(authid, found));
    }

    private Step challenge(String authid, Optional<Credential> found) {
        Credential.Cra decoy = credentials.decoys().cra(authid);
        Optional<Credential.Cra> known = Proof.secret(found, Credential.Cra.class);
        Credential.Cra secret = known.orElse(decoy);
        String challenge = json.write(challenged(authid));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("challenge", challenge);
        extra.put("salt", secret.salt());
        extra.put("iterations", (long) secret.iterations());
        extra.put("keylen", (long) secret.length());
        return new Challenged(
                new Dict(extra),
                answer -> check(known.isPresent() ? found : Optional.empty(), secret, challenge, answer.signature()));
    }

    /** Role and provider are the same for all, since those of a principal would disclose that it exists. */
    private Map<String, Object> challenged(String authid) {
        Map<String, Object> challenge = new LinkedHashMap<>();
        challenge.put("authid", authid);
        challenge.put("authrole", "user");
        challenge.put("authmethod", method());
        challenge.put("authprovider", "static");
        challenge.put("nonce", Proof.base64(Proof.random(32)));
        challenge.put("timestamp", Instant.now().toString());
        return challenge;
    }

    private CompletionStage<Step> check(
            Optional<Credential> found, Credential.Cra secret, String challenge, String signature) {
        byte[] expected = Proof.hmac(secret.key().getBytes(StandardCharsets.UTF_8), challenge);
        boolean right = Proof.same(Proof.base64(expected), signature);
        return right && found.isPresent()
                ? CompletableFuture.completedFuture(new Admitted(found.get().identity(method(), Map.of())))
                : Proof.denied();
    }
}
