package veche.identity;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a handshake may carry a token, besides {@code Authorization: Bearer}.
 *
 * @param cookie {@code veche.token.cookie}: the name of a cookie, or empty for none
 * @param parameter {@code veche.token.parameter}: whether the query parameter {@code access_token} is accepted, which
 *     access logs record
 */
public record TokenSources(String cookie, boolean parameter) {
    /** Neither the query parameter nor a cookie. */
    public static final TokenSources DEFAULT = new TokenSources("", false);

    /** @throws IllegalArgumentException if the name is not a token (RFC 6265 §4.1.1) */
    public TokenSources {
        if (!cookie.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]*")) {
            throw new IllegalArgumentException("Not a cookie name");
        }
    }

    /**
     * Returns the token in the cookie; empty if there is none.
     *
     * @param cookies the header field {@code Cookie}, or null
     */
    Optional<String> fromCookie(@Nullable String cookies) {
        if (cookie.isEmpty() || cookies == null) {
            return Optional.empty();
        }
        String start = cookie + "=";
        return Arrays.stream(cookies.split(";"))
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .map(pair -> pair.substring(start.length()))
                .map(value -> value.replaceAll("^\"(.*)\"$", "$1"))
                .findFirst();
    }
}
