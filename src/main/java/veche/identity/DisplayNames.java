package veche.identity;

import com.ibm.icu.text.UnicodeSet;
import java.util.Optional;
import veche.room.text.Graphemes;

/**
 * Validates display names: 1 to {@value #MAX} code points, at least one with a glyph, none without a visible effect,
 * and no stacks of marks.
 */
public final class DisplayNames {
    static final int MAX = 32;
    /** Maximum number of code points that are cleaned; the rest is ignored. */
    private static final int MAX_CLEANED = 256;

    /** Maximum number of consecutive marks that fit any letter: more of them cover the adjacent lines. */
    private static final int MAX_ACCENTS = 2;
    /** Maximum number of consecutive marks (UTS #39 §5.4), of which letters of some scripts consist. */
    private static final int MAX_MARKS = 4;

    /** Code points without a glyph; U+2800 is a Braille pattern without dots. */
    private static final UnicodeSet INVISIBLE =
            new UnicodeSet("[[:C:][:Zl:][:Zp:][:Default_Ignorable_Code_Point:]\\u2800]").freeze();

    private static final UnicodeSet MARKS = new UnicodeSet("[[:Mn:][:Me:]]").freeze();
    private static final UnicodeSet ACCENTS = new UnicodeSet("[[:Me:][[:Mn:]&[:Script=Inherited:]]]").freeze();
    private static final UnicodeSet WITHOUT_GLYPH =
            new UnicodeSet("[[:M:][:Z:]]").addAll(INVISIBLE).freeze();

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

    /** The name with a number, truncated so that it is a valid display name. */
    static String numbered(String name, int number) {
        String suffix = " " + number;
        return cleaned(Graphemes.cut(name, MAX - suffix.length())).orElse("") + suffix;
    }

    private static boolean hasGlyph(String name) {
        return name.codePoints()
                .anyMatch(character -> !WITHOUT_GLYPH.contains(character) && !Joiners.isJoiner(character));
    }

    private static String keep(String name) {
        StringBuilder kept = new StringBuilder();
        int marks = 0;
        int accents = 0;
        for (int at = 0; at < name.length(); at = name.offsetByCodePoints(at, 1)) {
            int character = name.codePointAt(at);
            if (Joiners.isJoiner(character)) {
                if (Joiners.joins(kept.toString(), character, name.substring(at + Character.charCount(character)))) {
                    kept.appendCodePoint(character);
                }
            } else if (!INVISIBLE.contains(character)) {
                marks = MARKS.contains(character) ? marks + 1 : 0;
                accents = marks == 0 ? 0 : accents + (ACCENTS.contains(character) ? 1 : 0);
                if (marks <= MAX_MARKS && accents <= MAX_ACCENTS) {
                    kept.appendCodePoint(character);
                }
            }
        }
        return kept.toString();
    }
}
