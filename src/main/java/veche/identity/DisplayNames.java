package veche.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import veche.room.text.Graphemes;

/**
 * Validates display names: 1 to {@value #MAX} code points, at least one with a glyph, none without a visible effect.
 */
public final class DisplayNames {
    static final int MAX = 32;
    /** Maximum number of code points that are cleaned; the rest is ignored. */
    private static final int MAX_CLEANED = 256;

    /** Letters and symbols without a glyph, and the marks among Default_Ignorable_Code_Point. */
    private static final Pattern BLANK = Pattern.compile("[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0]");

    private DisplayNames() {}

    /** Whether the name is a valid display name. */
    public static boolean visible(String name) {
        return name.codePointCount(0, name.length()) <= MAX
                && hasGlyph(name)
                && keep(name).equals(name);
    }

    /**
     * Removes code points without a visible effect and truncates the name at a grapheme cluster boundary; empty if no
     * glyph remains.
     */
    public static Optional<String> cleaned(String name) {
        String kept = Graphemes.cut(name, MAX_CLEANED);
        // Removing a code point may leave a joiner without effect, or two spaces, which needs another pass.
        for (String again = tidied(kept); !again.equals(kept); again = tidied(kept)) {
            kept = again;
        }
        String cut = Graphemes.cut(kept.strip(), MAX).strip();
        return visible(cut) ? Optional.of(cut) : Optional.empty();
    }

    private static String tidied(String name) {
        return keep(name.replaceAll("\\s+", " "));
    }

    private static boolean hasGlyph(String name) {
        return name.codePoints()
                .anyMatch(character -> !isMark(character)
                        && !Character.isSpaceChar(character)
                        && !unprintable(character)
                        && !Joiners.isJoiner(character));
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static String keep(String name) {
        StringBuilder kept = new StringBuilder();
        for (int at = 0; at < name.length(); at = name.offsetByCodePoints(at, 1)) {
            int character = name.codePointAt(at);
            int next = at + Character.charCount(character);
            boolean shown = Joiners.isJoiner(character)
                    ? Joiners.joins(kept.toString(), character, name.substring(next))
                    : !unprintable(character);
            if (shown) {
                kept.appendCodePoint(character);
            }
        }
        return kept.toString();
    }

    private static boolean unprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> BLANK.matcher(Character.toString(character)).matches();
        };
    }
}
