package veche.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the public keys of tokens come from. Immutable. {@code toString} returns a text for the log, without secrets.
 */
sealed interface KeySource {
    /** Loads the keys; blocks. */
    JWKSet load() throws IOException, ParseException;

    /** The source that the settings name; empty if they name none. */
    static Optional<KeySource> of(TokenSettings settings) {
        if (!settings.jwks().isEmpty()) {
            return Optional.of(isUrl(settings.jwks()) ? new Web(settings.jwks()) : new Local(settings.jwks()));
        }
        return settings.discovers() ? Optional.of(new Discovered(settings.issuer())) : Optional.empty();
    }

    /** Whether the text is a URL, not a file. */
    static boolean isUrl(String text) {
        return text.matches("(?i)https?://.*");
    }

    /** Without a password and the query, which may authenticate this server to the issuer. */
    static String withoutSecrets(String source) {
        return source.replaceFirst("(?i)^(https?://)[^/?#]*@", "$1").replaceFirst("[?#].*", "");
    }

    /** A file. */
    record Local(String path) implements KeySource {
        @Override
        public JWKSet load() throws IOException, ParseException {
            return JWKSet.parse(Files.readString(Path.of(path)));
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** A URL, which may become available later. */
    record Web(String url) implements KeySource {
        private static final int TIMEOUT_MILLIS = 5_000;
        private static final int MAX_BYTES = 256 << 10;

        @Override
        public JWKSet load() throws IOException, ParseException {
            return JWKSet.parse(content());
        }

        String content() throws IOException {
            return new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES)
                    .retrieveResource(new URL(url))
                    .getContent();
        }

        @Override
        public String toString() {
            return withoutSecrets(url);
        }
    }

    /** The provider metadata of an issuer (OpenID Connect Discovery 1.0 §4), which name the URL. */
    record Discovered(String issuer) implements KeySource {
        @Override
        public JWKSet load() throws IOException, ParseException {
            Map<String, Object> metadata = JSONObjectUtils.parse(new Web(address()).content());
            // §4.3: must equal the issuer that was asked.
            if (!issuer.equals(metadata.get("issuer"))) {
                throw new IOException("The metadata are of another issuer: " + metadata.get("issuer"));
            }
            String url = JSONObjectUtils.getString(metadata, "jwks_uri");
            boolean encrypted = url != null && url.regionMatches(true, 0, "https:", 0, 6);
            boolean plain = issuer.regionMatches(true, 0, "http:", 0, 5);
            if (url == null || !isUrl(url) || !encrypted && !plain) {
                throw new IOException("The metadata have no acceptable jwks_uri");
            }
            return new Web(url).load();
        }

        /** §4.1. */
        private String address() {
            return issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        }

        @Override
        public String toString() {
            return withoutSecrets(address());
        }
    }
}
