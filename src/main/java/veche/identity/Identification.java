package veche.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import veche.room.Author;
import veche.room.User;

/**
 * Tells who a client is from its handshake. A guest who sends the query parameter {@code guest}, a secret of 16 to 64
 * characters that it made itself, is the same guest on every connection; others see only its hash. WAMP has a place for
 * that secret in HELLO, where no access log keeps it. Thread-safe.
 */
public final class Identification {
    /** The query parameter that may hold a token. */
    public static final String PARAMETER = "access_token";

    private static final String BEARER = "Bearer";
    private static final String GUEST = "guest:";
    private static final String SECRET = "guest";

    private final Tokens tokens;

    /** Takes no tokens. */
    public Identification() {
        this(Tokens.none());
    }

    public Identification(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * What a client presents.
     *
     * @param principal the container's user name, or null
     * @param roles those of the container's roles that were asked about and are the principal's
     * @param authorization the header field {@code Authorization}, or null
     * @param parameters the query's parameters
     */
    public record Presented(
            String principal,
            List<String> roles,
            String authorization,
            Map<String, String> parameters,
            Locale language) {}

    /**
     * Identifies a client: by a token, as {@code Authorization: Bearer} or as the query parameter {@code access_token}
     * (RFC 6750 §2), else by the container's principal, else as a guest.
     *
     * @throws InvalidTokenException where a token is presented and not taken
     * @throws InvalidIdentityException as {@link #identify}, and where a token is presented twice
     */
    public User user(Presented presented) {
        Optional<String> header = bearer(presented.authorization());
        Optional<String> parameter = Optional.ofNullable(presented.parameters().get(PARAMETER));
        if (header.isPresent() && parameter.isPresent()) {
            throw new InvalidIdentityException("A token is sent in one way, not in two");
        }
        Optional<String> token = header.or(() -> parameter);
        if (token.isPresent()) {
            return tokens.user(token.get());
        }
        Author author = identify(presented.principal(), presented.parameters(), presented.language());
        return presented.principal() == null
                ? User.guest(author)
                : new User(author, presented.roles(), Optional.empty(), Optional.empty(), User.Provider.CONTAINER);
    }

    private static Optional<String> bearer(String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        // Some containers trim the field, so that an empty token leaves no space behind the scheme.
        String[] credentials = authorization.trim().split(" ", 2);
        if (!credentials[0].equalsIgnoreCase(BEARER)) {
            return Optional.empty();
        }
        return Optional.of(credentials.length == 1 ? "" : credentials[1].trim());
    }

    /** Says why a guest's parameters cannot be taken. */
    public static final class InvalidIdentityException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidIdentityException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Identifies a client without a token.
     *
     * @param principal the container's user name, or null
     * @param parameters the query's parameters
     * @throws InvalidIdentityException where {@code name} is not 1 to 32 visible characters, or {@code guest} no such secret
     */
    public Author identify(String principal, Map<String, String> parameters, Locale language) {
        if (principal != null) {
            return new Author("user:" + principal, principal);
        }
        return guest(parameters, language);
    }

    /**
     * The same guest as the handshake told, but by a secret that came later.
     *
     * @param parameters the handshake's
     * @throws InvalidIdentityException where it is no such secret
     */
    public static Author guest(String secret, Map<String, String> parameters, Locale language) {
        Map<String, String> told = new HashMap<>(parameters);
        told.put(SECRET, secret);
        return guest(told, language);
    }

    private static Author guest(Map<String, String> parameters, Locale language) {
        String secret = parameters.get(SECRET);
        if (secret != null && !secret.matches("[A-Za-z0-9_-]{16,64}")) {
            throw new InvalidIdentityException("guest is a secret of 16 to 64 letters, digits, '_' and '-'");
        }
        String id = hash(secret == null ? UUID.randomUUID().toString() : secret);
        String name = parameters.get("name");
        if (name != null && !DisplayNames.visible(name)) {
            throw new InvalidIdentityException("name has 1 to 32 visible characters");
        }
        String unnamed = (language.getLanguage().equals("ru") ? "Гость " : "Guest ") + id.substring(0, 4);
        return new Author(GUEST + id, name == null ? unnamed : name);
    }

    /**
     * A guest under the name that they give themselves; who is known otherwise keeps theirs.
     *
     * @throws InvalidIdentityException where the name is not 1 to 32 visible characters
     */
    public static Author named(Author author, String name) {
        if (!author.id().startsWith(GUEST)) {
            return author;
        }
        if (!DisplayNames.visible(name)) {
            throw new InvalidIdentityException("name has 1 to 32 visible characters");
        }
        return new Author(author.id(), name);
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
