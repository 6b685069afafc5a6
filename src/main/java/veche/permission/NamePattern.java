package veche.permission;

import veche.room.User;

/**
 * A name or, with a final {@code *}, all names with a prefix. <code>{sub}</code> stands for the user's subject: the author
 * id without {@code user:}. It matches nothing for guests.
 *
 * @param text the name or prefix
 * @param prefix whether it is a prefix
 */
record NamePattern(String text, boolean prefix) {
    private static final String SUBJECT = "{sub}";
    private static final String USER = "user:";

    /** @throws IllegalArgumentException if an asterisk is not the last character */
    static NamePattern of(String pattern) {
        boolean prefix = pattern.endsWith("*");
        String text = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (text.contains("*")) {
            throw new IllegalArgumentException("'" + pattern + "': an asterisk is allowed only at the end");
        }
        return new NamePattern(text, prefix);
    }

    /** Whether the name matches. */
    boolean matches(User user, String name) {
        return applies(user) && (prefix ? name.startsWith(text(user)) : name.equals(text(user)));
    }

    /** Whether every name that starts with the given text matches. */
    boolean covers(User user, String beginning) {
        return applies(user) && prefix && beginning.startsWith(text(user));
    }

    /** Whether any name that starts with the given text matches. */
    boolean meets(User user, String beginning) {
        return applies(user) && (text(user).startsWith(beginning) || prefix && beginning.startsWith(text(user)));
    }

    private boolean applies(User user) {
        return !text.contains(SUBJECT) || user.author().id().startsWith(USER);
    }

    private String text(User user) {
        return text.contains(SUBJECT) ? text.replace(SUBJECT, user.author().id().substring(USER.length())) : text;
    }
}
