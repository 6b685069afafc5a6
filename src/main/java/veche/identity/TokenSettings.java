package veche.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Whose tokens are taken. Without a secret and without keys none are.
 *
 * @param secret the shared secret of HS256, at least {@value #MIN_SECRET} bytes of UTF-8 (RFC 7518 §3.2); empty for none
 * @param jwks a JWK set (RFC 7517) with the public keys of RS256, ES256 and EdDSA: a file, or an {@code http(s)} URL;
 *     empty for none
 * @param issuer what {@code iss} must be; empty where it does not matter
 * @param audience what {@code aud} must contain; empty where it does not matter
 * @param clockSkew by how much the clocks of issuer and server may differ
 * @param refresh how often a JWK set is fetched anew
 */
public record TokenSettings(
        String secret, String jwks, String issuer, String audience, Duration clockSkew, Duration refresh) {
    /** The shortest secret that HS256 may have, in bytes. */
    public static final int MIN_SECRET = 32;

    /** No tokens; a skew of 30 s, and a refresh every 5 minutes. */
    public static final TokenSettings NONE =
            new TokenSettings("", "", "", "", Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException where the secret is too short */
    public TokenSettings {
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length > 0 && length < MIN_SECRET) {
            throw new IllegalArgumentException(
                    "veche.token.secret has " + length + " bytes; HS256 needs at least " + MIN_SECRET);
        }
    }

    /** Whether any tokens are taken. */
    public boolean enabled() {
        return !secret.isEmpty() || !jwks.isEmpty();
    }
}
