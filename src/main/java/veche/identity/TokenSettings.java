package veche.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Configures which tokens are accepted. With neither a secret nor a JWK set, the metadata of the issuer name a JWK set
 * if it is a URL; otherwise all tokens are rejected.
 *
 * @param secret the shared secret of HS256, at least {@value #MIN_SECRET} bytes of UTF-8 (RFC 7518 §3.2); empty for
 *     none
 * @param jwks file or {@code http(s)} URL of a JWK set (RFC 7517) with the public keys of RS256, ES256 and EdDSA; empty
 *     for none
 * @param issuer the required value of {@code iss}; empty if not checked
 * @param audience the value that {@code aud} must contain; empty if not checked
 * @param clockSkew the tolerated difference between the clocks of issuer and server
 * @param refresh the interval between fetches of the JWK set
 * @param claims the names of the claims that describe the user
 */
public record TokenSettings(
        String secret,
        String jwks,
        String issuer,
        String audience,
        Duration clockSkew,
        Duration refresh,
        ClaimNames claims) {
    /** Minimum length of an HS256 secret, in bytes. */
    public static final int MIN_SECRET = 32;

    /** Rejects all tokens; a clock skew of 30 s and a refresh interval of 5 minutes. */
    public static final TokenSettings NONE =
            new TokenSettings("", "", "", "", Duration.ofSeconds(30), Duration.ofMinutes(5));

    /**
     * The names of claims: members of the token, or paths of members separated by dots, as {@code realm_access.roles}.
     *
     * @param name the claim with the display name
     * @param roles the claim with the list of roles
     */
    public record ClaimNames(String name, String roles) {
        /** {@code name} and {@code roles}. */
        public static final ClaimNames DEFAULT = new ClaimNames("name", "roles");
    }

    /** Uses the default claims. */
    public TokenSettings(
            String secret, String jwks, String issuer, String audience, Duration clockSkew, Duration refresh) {
        this(secret, jwks, issuer, audience, clockSkew, refresh, ClaimNames.DEFAULT);
    }

    /** @throws IllegalArgumentException if the secret is too short, or the keys are discovered without an audience */
    public TokenSettings {
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length > 0 && length < MIN_SECRET) {
            throw new IllegalArgumentException(
                    "veche.token.secret has " + length + " bytes; HS256 needs at least " + MIN_SECRET);
        }
        if (discovers(secret, jwks, issuer) && audience.isEmpty()) {
            throw new IllegalArgumentException("veche.token.audience is required with veche.token.issuer=" + issuer
                    + ", which also signs tokens for other applications");
        }
    }

    /** Whether any tokens are accepted. */
    public boolean enabled() {
        return !secret.isEmpty() || !jwks.isEmpty() || discovers();
    }

    /** Whether the issuer's metadata name the JWK set (OpenID Connect Discovery 1.0). */
    boolean discovers() {
        return discovers(secret, jwks, issuer);
    }

    private static boolean discovers(String secret, String jwks, String issuer) {
        return secret.isEmpty() && jwks.isEmpty() && KeySource.isUrl(issuer);
    }
}
