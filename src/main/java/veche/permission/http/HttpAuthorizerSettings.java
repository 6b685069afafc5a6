package veche.permission.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of the HTTP authorizer.
 *
 * @param url {@code veche.authorize.url}: the service that is asked
 * @param secret {@code veche.authorize.secret}: the bearer token sent to it; empty for none
 * @param timeout {@code veche.authorize.timeout}: how long a decision may take, including the wait for other requests
 * @param ttl {@code veche.authorize.ttl}: how long a decision is valid whose answer contains no {@code ttl}
 * @param maxTtl {@code veche.authorize.max-ttl}: the maximum {@code ttl} of an answer; a longer one is reduced
 * @param maxCached {@code veche.authorize.max-cached}: the maximum number of cached decisions; others are not cached
 * @param maxRequests {@code veche.authorize.max-requests}: the maximum number of concurrent requests
 * @param maxPending {@code veche.authorize.max-pending}: the maximum number of further requests that wait; more are
 *     refused
 */
public record HttpAuthorizerSettings(
        URI url,
        String secret,
        Duration timeout,
        Duration ttl,
        Duration maxTtl,
        int maxCached,
        int maxRequests,
        int maxPending) {
    /** @throws IllegalArgumentException if the URL or the secret is invalid; the message quotes neither */
    public HttpAuthorizerSettings {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new IllegalArgumentException("Setting veche.authorize.url is not a URL of http or https");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "Setting veche.authorize.url contains a password; use veche.authorize.secret");
        }
        if (!secret.matches("[!-~]*")) {
            throw new IllegalArgumentException("Setting veche.authorize.secret contains more than visible ASCII");
        }
    }

    /** Does not contain the secret, nor the query of the URL, which may authenticate this server. */
    @Override
    public String toString() {
        return "HttpAuthorizerSettings[url=" + url.getScheme() + "://" + url.getAuthority() + url.getPath() + "]";
    }
}
