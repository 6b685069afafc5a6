package veche.identity;

import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSet.SpanCondition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a ZERO WIDTH NON-JOINER, a ZERO WIDTH JOINER or a variation selector has a visible effect and is thus
 * permitted in a name. Both joiners are permitted after a virama (RFC 5892 A.1, A.2), the non-joiner also between
 * letters of a cursive script (A.1), and the joiner and the variation selectors of emoji within an emoji (UTS #51
 * §1.4). Other variation selectors are permitted after ideographs and Mongolian letters.
 */
final class Joiners {
    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;

    private static final UnicodeSet VIRAMA = new UnicodeSet("[:Canonical_Combining_Class=Virama:]").freeze();
    private static final UnicodeSet JOINS_NEXT =
            new UnicodeSet("[[:Joining_Type=Left_Joining:][:Joining_Type=Dual_Joining:]]").freeze();
    private static final UnicodeSet JOINS_PREVIOUS =
            new UnicodeSet("[[:Joining_Type=Right_Joining:][:Joining_Type=Dual_Joining:]]").freeze();
    private static final UnicodeSet MARKS = new UnicodeSet("[:M:]").freeze();
    private static final UnicodeSet SELECTORS = new UnicodeSet("[:Variation_Selector:]").freeze();
    private static final UnicodeSet MONGOLIAN_SELECTORS = new UnicodeSet("[\\u180B-\\u180D\\u180F]").freeze();

    /** The emoji before the joiner, optionally with a skin tone or an emoji presentation selector. */
    private static final Pattern EMOJI_BEFORE = Pattern.compile("\\p{So}[\\x{1F3FB}-\\x{1F3FF}]?\\uFE0F?$");

    private static final Pattern EMOJI_AFTER = Pattern.compile("^[\\p{So}\\p{Sm}]");
    private static final Pattern ONE_CLUSTER = Pattern.compile("\\X");
    /** Characters with a text and an emoji presentation; digits have the latter only in keycaps, see {@link #KEY}. */
    private static final Pattern SELECTABLE = Pattern.compile("[\\p{So}\\p{Sm}\\u203C\\u2049\\u3030\\u303D]$");

    private static final Pattern KEY = Pattern.compile("[0-9#*]$");
    private static final int KEYCAP = 0x20E3;
    private static final Pattern IDEOGRAPH = Pattern.compile("\\p{IsIdeographic}$");
    private static final Pattern MONGOLIAN = Pattern.compile("\\p{IsMongolian}$");

    private Joiners() {}

    /** Whether the character is a joiner or variation selector: without a glyph, but able to change adjacent glyphs. */
    static boolean isJoiner(int character) {
        return character == ZWNJ || character == ZWJ || SELECTORS.contains(character);
    }

    /** Whether a joiner or variation selector has an effect on the adjacent characters. */
    static boolean joins(String before, int joiner, String after) {
        if (joiner == ZWNJ) {
            return endsWith(before, VIRAMA) || joinsLetters(before, after);
        }
        if (joiner == ZWJ) {
            return endsWith(before, VIRAMA) || joinsEmoji(before, after);
        }
        if (MONGOLIAN_SELECTORS.contains(joiner)) {
            return MONGOLIAN.matcher(before).find();
        }
        return IDEOGRAPH.matcher(before).find() || isEmojiForm(before, joiner, after);
    }

    private static boolean endsWith(String text, UnicodeSet characters) {
        return !text.isEmpty() && characters.contains(text.codePointBefore(text.length()));
    }

    /** Whether the letters on both sides, apart from marks, would be connected without the joiner. */
    private static boolean joinsLetters(String before, String after) {
        int next = MARKS.span(after, SpanCondition.CONTAINED);
        return endsWith(before.substring(0, MARKS.spanBack(before, SpanCondition.CONTAINED)), JOINS_NEXT)
                && next < after.length()
                && JOINS_PREVIOUS.contains(after.codePointAt(next));
    }

    private static boolean isEmojiForm(String before, int selector, String after) {
        boolean key = KEY.matcher(before).find() && !after.isEmpty() && after.codePointAt(0) == KEYCAP;
        return (selector == 0xFE0E || selector == 0xFE0F)
                && (key || SELECTABLE.matcher(before).find());
    }

    /**
     * Uses the JDK's emoji data: only two emoji and the joiner between them form one grapheme cluster (UAX #29 GB11).
     */
    private static boolean joinsEmoji(String before, String after) {
        Matcher first = EMOJI_BEFORE.matcher(before);
        if (!first.find() || !EMOJI_AFTER.matcher(after).find()) {
            return false;
        }
        String sequence = first.group() + Character.toString(ZWJ) + Character.toString(after.codePointAt(0));
        return ONE_CLUSTER.matcher(sequence).matches();
    }
}
