package veche.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Selects the candidate keys for verifying a token. The algorithm determines the type of key, so a public key is never
 * used as an HMAC secret or vice versa. Algorithms that are not supported, in particular {@code none}, have no key.
 */
final class TokenKeys extends DefaultJWSVerifierFactory implements JWSKeySelector<SecurityContext> {
    /** The DER prefix of the 32 key octets in an X.509 SubjectPublicKeyInfo (RFC 8410 §4). */
    private static final byte[] X509_ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Set<JWSAlgorithm> ASYMMETRIC =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

    private final byte[] secret;
    private final @Nullable KeySet set;

    /** @param set the public keys, or null for none */
    TokenKeys(String secret, @Nullable KeySet set) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.set = set;
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context) {
        if (header.getAlgorithm().equals(JWSAlgorithm.HS256)) {
            return secret.length == 0 ? List.of() : List.of(new SecretKeySpec(secret, "HmacSHA256"));
        }
        if (set == null || !ASYMMETRIC.contains(header.getAlgorithm())) {
            return List.of();
        }
        List<PublicKey> keys = new ArrayList<>();
        for (JWK key : set.select(new JWKSelector(JWKMatcher.forJWSHeader(header)))) {
            try {
                if (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
                    keys.add(ed25519(pair.getDecodedX()));
                } else if (key instanceof AsymmetricJWK pair && !(key instanceof OctetKeyPair)) {
                    keys.add(pair.toPublicKey());
                }
            } catch (JOSEException | GeneralSecurityException e) {
                throw new InvalidTokenException("The signing key of this token is not usable");
            }
        }
        return keys;
    }

    private static PublicKey ed25519(byte[] key) throws GeneralSecurityException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(X509_ED25519);
        encoded.writeBytes(key);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }

    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
        return header.getAlgorithm().equals(JWSAlgorithm.EdDSA)
                ? new Ed25519Verifier((PublicKey) key)
                : super.createJWSVerifier(header, key);
    }
}
