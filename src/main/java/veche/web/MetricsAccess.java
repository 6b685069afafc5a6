package veche.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Authorizes access to the metrics by bearer token (RFC 6750 §2.1), unless access is open. The remote address is not
 * considered: requests forwarded by a proxy on the same machine have a loopback address. By default access is denied.
 *
 * @param open {@code veche.metrics.open}: whether access is unrestricted
 * @param token {@code veche.metrics.token}: at least {@value #MIN_LENGTH} characters; empty for none
 */
public record MetricsAccess(boolean open, String token) {
    private static final int MIN_LENGTH = 16;
    private static final String BEARER = "Bearer ";

    /** @throws IllegalArgumentException if the token is too short, or has characters not allowed in a header field */
    public MetricsAccess {
        if (!token.isEmpty() && !token.matches("[!-~]{" + MIN_LENGTH + ",}")) {
            throw new IllegalArgumentException(
                    "veche.metrics.token must have at least " + MIN_LENGTH + " visible ASCII characters and no spaces");
        }
    }

    /** @param authorization the value of the header field {@code Authorization}, or null */
    boolean admits(String authorization) {
        return open || !token.isEmpty() && isToken(authorization);
    }

    private boolean isToken(String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        bytes(token),
                        bytes(authorization.substring(BEARER.length()).trim()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
