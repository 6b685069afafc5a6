package veche;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import veche.dialect.wamp.credential.CredentialFile;
import veche.dialect.wamp.message.Uri;

/**
 * Settings of the login of WAMP clients.
 *
 * @param path {@code veche.wamp.credentials}: the credential file; empty for none
 * @param table {@code veche.wamp.credentials.database}: whether the table {@code veche_credential} is a store
 * @param refresh {@code veche.wamp.credentials.refresh}: how often a change of the file or table is looked for
 * @param authenticator {@code veche.wamp.authenticator}: the procedure that authenticates clients; empty for none
 * @param authenticatorTimeout {@code veche.wamp.authenticator.timeout}: how long it may take
 * @param methods {@code veche.wamp.methods}: the authentication methods offered; empty for all that are configured
 */
record CredentialSettings(
        String path,
        boolean table,
        Duration refresh,
        Optional<String> authenticator,
        Duration authenticatorTimeout,
        List<String> methods) {
    static CredentialSettings from(ConfigReader source) {
        return new CredentialSettings(
                source.get("veche.wamp.credentials", "", Function.identity()),
                source.get("veche.wamp.credentials.database", false, Boolean::parseBoolean),
                source.duration("veche.wamp.credentials.refresh", Duration.ofMillis(500)),
                source.get("veche.wamp.authenticator", Optional.empty(), CredentialSettings::procedure),
                source.duration("veche.wamp.authenticator.timeout", Duration.ofSeconds(5)),
                source.list("veche.wamp.methods"));
    }

    /** @throws IllegalArgumentException if clients cannot register the procedure */
    static Optional<String> procedure(String uri) {
        if (!Uri.valid(uri, false, false) || Uri.isWithin(uri, "veche") || Uri.isWithin(uri, "wamp")) {
            throw new IllegalArgumentException("It must be a URI outside of veche. and wamp.");
        }
        return Optional.of(uri);
    }

    /**
     * Reads the credential file; blocks.
     *
     * @throws IllegalArgumentException if it is unreadable or invalid
     */
    Optional<CredentialFile> open() {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CredentialFile(Path.of(path)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Setting veche.wamp.credentials is invalid: " + e.getMessage(), e);
        }
    }
}
