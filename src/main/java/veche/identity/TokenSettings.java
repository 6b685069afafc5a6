package veche.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Configures which tokens are accepted. With neither a secret nor a JWK set, all tokens are rejected.
 *
 * @param secret the shared secret of HS256, at least {@value #MIN_SECRET} bytes of UTF-8 (RFC 7518 §3.2); empty for
 *     none
 * @param jwks file or {@code http(s)} URL of a JWK set (RFC 7517) with the public keys of RS256, ES256 and EdDSA; empty
 *     for none
 * @param issuer the required value of {@code iss}; empty if not checked
 * @param audience the value that {@code aud} must contain; empty if not checked
 * @param clockSkew the tolerated difference between the clocks of issuer and server
 * @param refresh the interval between fetches of the JWK set
 */
public record TokenSettings(
        String secret, String jwks, String issuer, String audience, Duration clockSkew, Duration refresh) {
    /** Minimum length of an HS256 secret, in bytes. */
    public static final int MIN_SECRET = 32;

    /** Rejects all tokens; a clock skew of 30 s and a refresh interval of 5 minutes. */
    public static final TokenSettings NONE =
            new TokenSettings("", "", "", "", Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if the secret is too short */
    public TokenSettings {
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length > 0 && length < MIN_SECRET) {
            throw new IllegalArgumentException(
                    "veche.token.secret has " + length + " bytes; HS256 needs at least " + MIN_SECRET);
        }
    }

    /** Whether any tokens are accepted. */
    public boolean enabled() {
        return !secret.isEmpty() || !jwks.isEmpty();
    }
}
