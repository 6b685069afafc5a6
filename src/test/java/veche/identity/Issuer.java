package veche.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Issues tokens as an application would. */
public final class Issuer {
    /** A secret of 32 bytes, the minimum for HS256. */
    public static final String SECRET = "a-secret-of-thirty-two-bytes-abc";

    private Issuer() {}

    /** Settings that accept the tokens of {@link #token}. */
    public static TokenSettings settings() {
        TokenSettings none = TokenSettings.NONE;
        return new TokenSettings(SECRET, "", "", "", Duration.ZERO, none.refresh());
    }

    /** A token for this subject that is valid for an hour. */
    public static String token(String subject, UnaryOperator<JWTClaimsSet.Builder> more) {
        return sign(JWSAlgorithm.HS256, null, mac(SECRET), claims(subject, more));
    }

    static JWTClaimsSet claims(String subject, UnaryOperator<JWTClaimsSet.Builder> more) {
        return more.apply(new JWTClaimsSet.Builder()
                        .subject(subject)
                        .expirationTime(Date.from(Instant.now().plusSeconds(3_600))))
                .build();
    }

    static JWSSigner mac(String secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String sign(JWSAlgorithm algorithm, String key, JWSSigner signer, JWTClaimsSet claims) {
        try {
            SignedJWT token =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
