package veche.testing;

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
import java.util.Map;

/** Tokens as an application would issue them, signed with the secret of the servers under test. */
public final class Token {
    public static final String SECRET = "a-secret-for-tests-of-at-least-32-bytes";

    private Token() {}

    /** A token valid for an hour for a user with a name and roles. */
    public static String of(String subject, String name, String... roles) {
        return signed(claims(subject, name, roles).build());
    }

    /** The same that expires at this time. */
    public static String until(Instant end, String subject, String name, String... roles) {
        return signed(
                claims(subject, name, roles).expirationTime(Date.from(end)).build());
    }

    /** The same with this time of issue. */
    public static String issued(Instant at, String subject, String name, String... roles) {
        return signed(claims(subject, name, roles).issueTime(Date.from(at)).build());
    }

    /** A token that is valid in one room only. */
    public static String confined(String room, String subject, String name, String... roles) {
        return signed(claims(subject, name, roles).claim("rooms", List.of(room)).build());
    }

    /** A token that is valid for these privileges in one room only. */
    public static String capable(String room, List<String> privileges, String subject, String name) {
        List<?> caps = List.of(Map.of("rooms", List.of(room), "may", privileges));
        return signed(claims(subject, name).claim("caps", caps).build());
    }

    private static JWTClaimsSet.Builder claims(String subject, String name, String... roles) {
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .claim("name", name)
                .claim("roles", List.of(roles))
                .expirationTime(Date.from(Instant.now().plus(1, ChronoUnit.HOURS)));
    }

    private static String signed(JWTClaimsSet claims) {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }
}
