package veche.browser;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/** Tokens as the shop around the chat would hand them out. */
final class Token {
    static final String SECRET = "a-secret-for-tests-of-at-least-32-bytes";

    private Token() {}

    /** A token of an hour for a user with a name and roles. */
    static String of(String subject, String name, String... roles) {
        var claims = new JWTClaimsSet.Builder()
                .subject(subject)
                .claim("name", name)
                .claim("roles", List.of(roles))
                .expirationTime(Date.from(Instant.now().plus(1, ChronoUnit.HOURS)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }
}
