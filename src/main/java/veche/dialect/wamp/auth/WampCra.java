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

/** Challenge-response authentication with a shared secret (advanced profile, "Challenge Response Authentication"). */
public final class WampCra implements Authenticator {
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
        Optional<Credential.Cra> secret = Proof.secret(found, Credential.Cra.class);
        String challenge = json.write(challenged(authid, found));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("challenge", challenge);
        secret.filter(salted -> salted.salt() != null).ifPresent(salted -> {
            extra.put("salt", salted.salt());
            extra.put("iterations", (long) salted.iterations());
            extra.put("keylen", (long) salted.length());
        });
        return new Challenged(new Dict(extra), answer -> check(found, secret, challenge, answer.signature()));
    }

    private Map<String, Object> challenged(String authid, Optional<Credential> found) {
        Map<String, Object> challenge = new LinkedHashMap<>();
        challenge.put("authid", authid);
        challenge.put("authrole", found.map(Credential::authrole).orElse("user"));
        challenge.put("authmethod", method());
        challenge.put("authprovider", found.map(Credential::authprovider).orElse("static"));
        challenge.put("nonce", Proof.base64(Proof.random(32)));
        challenge.put("timestamp", Instant.now().toString());
        return challenge;
    }

    private CompletionStage<Step> check(
            Optional<Credential> found, Optional<Credential.Cra> secret, String challenge, String signature) {
        boolean right = secret.map(cra -> Proof.hmac(cra.key().getBytes(StandardCharsets.UTF_8), challenge))
                .filter(expected -> Proof.same(Proof.base64(expected), signature))
                .isPresent();
        return right
                ? CompletableFuture.completedFuture(new Admitted(found.get().identity(method(), Map.of())))
                : Proof.denied();
    }
}
