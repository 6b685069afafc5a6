package veche.permission;

import java.util.Optional;
import veche.room.User;
import veche.room.access.NameRange;

/**
 * A range of names in which <code>{sub}</code> stands for the user's subject: the author id without {@code user:}. It
 * matches nothing for guests.
 *
 * @param range the range, before the subject is inserted
 */
record NamePattern(NameRange range) {
    private static final String SUBJECT = "{sub}";
    private static final String USER = "user:";

    /** @throws IllegalArgumentException if an asterisk is not the last character */
    static NamePattern of(String pattern) {
        return new NamePattern(NameRange.of(pattern));
    }

    /** The text without {@code {sub}}. */
    String fixed() {
        return range.text().replace(SUBJECT, "");
    }

    /** Whether the name matches. */
    boolean matches(User user, String name) {
        return of(user).filter(names -> names.contains(name)).isPresent();
    }

    /** Whether every name that starts with the given text matches. */
    boolean covers(User user, String beginning) {
        return of(user).filter(names -> names.covers(beginning)).isPresent();
    }

    /** Whether any name that starts with the given text matches. */
    boolean meets(User user, String beginning) {
        return of(user).filter(names -> names.meets(beginning)).isPresent();
    }

    private Optional<NameRange> of(User user) {
        if (!range.text().contains(SUBJECT)) {
            return Optional.of(range);
        }
        String id = user.author().id();
        return id.startsWith(USER)
                ? Optional.of(new NameRange(range.text().replace(SUBJECT, id.substring(USER.length())), range.prefix()))
                : Optional.empty();
    }
}
