package veche.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import veche.room.Author;

/**
 * Tells who a client is from its handshake. A guest who sends the query parameter {@code guest}, a secret of 16 to 64
 * characters that it made itself, is the same guest on every connection; others see only its hash. Thread-safe.
 */
public final class Identification {
    private static final int MAX_NAME = 32;
    private static final String GUEST = "guest:";

    /** Says why a guest's parameters cannot be taken. */
    public static final class BadIdentity extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadIdentity(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Identifies a client.
     *
     * @param principal the container's user name, or null
     * @param parameters the query's parameters
     * @throws BadIdentity where {@code name} is not 1 to 32 visible characters, or {@code guest} no such secret
     */
    public Author identify(String principal, Map<String, String> parameters, Locale language) {
        if (principal != null) {
            return new Author("user:" + principal, principal);
        }
        String secret = parameters.get("guest");
        if (secret != null && !secret.matches("[A-Za-z0-9_-]{16,64}")) {
            throw new BadIdentity("guest is a secret of 16 to 64 letters, digits, '_' and '-'");
        }
        String id = hash(secret == null ? UUID.randomUUID().toString() : secret);
        String name = parameters.get("name");
        if (name != null && !visible(name)) {
            throw new BadIdentity("name has 1 to 32 visible characters");
        }
        String unnamed = (language.getLanguage().equals("ru") ? "Гость " : "Guest ") + id.substring(0, 4);
        return new Author(GUEST + id, name == null ? unnamed : name);
    }

    /**
     * A guest under the name that they give themselves; who is known otherwise keeps theirs.
     *
     * @throws BadIdentity where the name is not 1 to 32 visible characters
     */
    public static Author named(Author author, String name) {
        if (!author.id().startsWith(GUEST)) {
            return author;
        }
        if (!visible(name)) {
            throw new BadIdentity("name has 1 to 32 visible characters");
        }
        return new Author(author.id(), name);
    }

    private static boolean visible(String name) {
        int characters = name.codePointCount(0, name.length());
        return characters >= 1
                && characters <= MAX_NAME
                && !name.codePoints().allMatch(Character::isSpaceChar)
                && name.codePoints().noneMatch(Identification::invisible);
    }

    private static boolean invisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
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
