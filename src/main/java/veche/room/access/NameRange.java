package veche.room.access;

/**
 * A name or, with a final {@code *}, all names with a prefix.
 *
 * @param text the name or prefix
 * @param prefix whether it is a prefix
 */
public record NameRange(String text, boolean prefix) {
    /** @throws IllegalArgumentException if an asterisk is not the last character */
    public static NameRange of(String pattern) {
        boolean prefix = pattern.endsWith("*");
        String text = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (text.contains("*")) {
            throw new IllegalArgumentException("'" + pattern + "': an asterisk is allowed only at the end");
        }
        return new NameRange(text, prefix);
    }

    /** The text that {@link #of} parses. */
    @Override
    public String toString() {
        return prefix ? text + "*" : text;
    }

    /** Whether the name is in the range. */
    public boolean contains(String name) {
        return prefix ? name.startsWith(text) : name.equals(text);
    }

    /** Whether every name that starts with the given text is in the range. */
    public boolean covers(String beginning) {
        return prefix && beginning.startsWith(text);
    }

    /** Whether any name that starts with the given text is in the range. */
    public boolean meets(String beginning) {
        return text.startsWith(beginning) || covers(beginning);
    }
}
