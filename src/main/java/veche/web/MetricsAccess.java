package veche.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Who may read the metrics: the bearer of their token (RFC 6750 §2.1), or everybody. An address is no proof: whatever a
 * proxy on the same machine passes on comes from the loopback. By default nobody may.
 *
 * @param open {@code veche.metrics.open}: whether everybody may
 * @param token {@code veche.metrics.token}: at least {@value #LEAST} characters; empty for none
 */
public record MetricsAccess(boolean open, String token) {
    private static final int LEAST = 16;
    private static final String BEARER = "Bearer ";

    /** @throws IllegalArgumentException where the token can be guessed or not be sent in a header field */
    public MetricsAccess {
        if (!token.isEmpty() && !token.matches("[!-~]{" + LEAST + ",}")) {
            throw new IllegalArgumentException(
                    "veche.metrics.token has at least " + LEAST + " visible ASCII characters and no spaces");
        }
    }

    /** @param authorization the header field {@code Authorization}, or null */
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
