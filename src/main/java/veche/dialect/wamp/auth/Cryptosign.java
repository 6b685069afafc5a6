package veche.dialect.wamp.auth;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Dict;

/**
 * Ed25519 signatures by the JDK (advanced profile, "Cryptosign-based Authentication"), without channel binding. If a
 * client requests it, CHALLENGE reports that none is used, as the specification allows.
 */
public final class Cryptosign implements Authenticator {
    private static final int CHALLENGE = 32;
    private static final int SIGNATURE = 64;
    /** The X.509 prefix of the 32 octets of a public key (RFC 8410 §4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Credentials credentials;

    public Cryptosign(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public String method() {
        return "cryptosign";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        String key = claim.authextra()
                .string("pubkey")
                .map(hex -> hex.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Proof.missing("authextra.pubkey"));
        String authid = claim.authid() == null ? key : claim.authid();
        return credentials.find(method(), claim.realm(), authid).thenApply(found -> challenge(found, key));
    }

    private Step challenge(Optional<Credential> found, String key) {
        byte[] challenge = Proof.random(CHALLENGE);
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("challenge", HexFormat.of().formatHex(challenge));
        extra.put("channel_binding", null);
        return new Challenged(new Dict(extra), answer -> check(found, key, challenge, answer.signature()));
    }

    private CompletionStage<Step> check(Optional<Credential> found, String key, byte[] challenge, String signature) {
        // Verified for unknown keys too, which costs the same time.
        boolean signed = signed(Proof.hex(key), challenge, Proof.hex(signature));
        boolean known = Proof.secret(found, Credential.Keys.class)
                .filter(keys -> keys.publicKeys().contains(key))
                .isPresent();
        return signed && known
                ? CompletableFuture.completedFuture(new Admitted(found.get().identity(method(), Map.of())))
                : Proof.denied();
    }

    /** Whether the octets are a valid signature of the challenge, followed by the challenge. */
    static boolean signed(byte[] key, byte[] challenge, byte[] signature) {
        boolean whole = signature.length == SIGNATURE + CHALLENGE
                && Arrays.equals(signature, SIGNATURE, signature.length, challenge, 0, challenge.length);
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey(key));
            verifier.update(challenge);
            return whole && verifier.verify(signature, 0, SIGNATURE);
        } catch (GeneralSecurityException notAKeyOrSignature) {
            return false;
        }
    }

    private static PublicKey publicKey(byte[] key) throws GeneralSecurityException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(X509);
        encoded.writeBytes(key);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }
}
