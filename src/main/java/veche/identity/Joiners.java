package veche.identity;

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

    /** Canonical_Combining_Class=Virama, Unicode 14. */
    private static final String VIRAMA =
            "[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D3B-\\u0D3C\\u0D4D"
                    + "\\u0DCA\\u0E3A\\u0EBA\\u0F84\\u1039-\\u103A\\u1714-\\u1715\\u1734\\u17D2\\u1A60\\u1B44\\u1BAA-\\u1BAB"
                    + "\\u1BF2-\\u1BF3\\u2D7F\\uA806\\uA82C\\uA8C4\\uA953\\uA9C0\\uAAF6\\uABED\\x{10A3F}\\x{11046}\\x{11070}"
                    + "\\x{1107F}\\x{110B9}\\x{11133}-\\x{11134}\\x{111C0}\\x{11235}\\x{112EA}\\x{1134D}\\x{11442}\\x{114C2}"
                    + "\\x{115BF}\\x{1163F}\\x{116B6}\\x{1172B}\\x{11839}\\x{1193D}-\\x{1193E}\\x{119E0}\\x{11A34}\\x{11A47}"
                    + "\\x{11A99}\\x{11C3F}\\x{11D44}-\\x{11D45}\\x{11D97}]";
    /** Joining_Type=L or D, Unicode 14. */
    private static final String JOINS_NEXT = "[\\u0620\\u0626\\u0628\\u062A-\\u062E\\u0633-\\u063F\\u0641-\\u0647"
            + "\\u0649-\\u064A\\u066E-\\u066F\\u0678-\\u0687\\u069A-\\u06BF\\u06C1-\\u06C2\\u06CC\\u06CE\\u06D0-\\u06D1"
            + "\\u06FA-\\u06FC\\u06FF\\u0712-\\u0714\\u071A-\\u071D\\u071F-\\u0727\\u0729\\u072B\\u072D-\\u072E"
            + "\\u074E-\\u0758\\u075C-\\u076A\\u076D-\\u0770\\u0772\\u0775-\\u0777\\u077A-\\u077F\\u07CA-\\u07EA"
            + "\\u0841-\\u0845\\u0848\\u084A-\\u0853\\u0855\\u0860\\u0862-\\u0865\\u0868\\u0886\\u0889-\\u088D"
            + "\\u08A0-\\u08A9\\u08AF-\\u08B0\\u08B3-\\u08B8\\u08BA-\\u08C8\\u1807\\u1820-\\u1878\\u1887-\\u18A8\\u18AA"
            + "\\uA840-\\uA872\\x{10AC0}-\\x{10AC4}\\x{10ACD}\\x{10AD3}-\\x{10ADC}\\x{10ADE}-\\x{10AE0}"
            + "\\x{10AEB}-\\x{10AEE}\\x{10B80}\\x{10B82}\\x{10B86}-\\x{10B88}\\x{10B8A}-\\x{10B8B}\\x{10B8D}\\x{10B90}"
            + "\\x{10BAD}-\\x{10BAE}\\x{10D00}-\\x{10D21}\\x{10D23}\\x{10F30}-\\x{10F32}\\x{10F34}-\\x{10F44}"
            + "\\x{10F51}-\\x{10F53}\\x{10F70}-\\x{10F73}\\x{10F76}-\\x{10F81}\\x{10FB0}\\x{10FB2}-\\x{10FB3}\\x{10FB8}"
            + "\\x{10FBB}-\\x{10FBC}\\x{10FBE}-\\x{10FBF}\\x{10FC1}\\x{10FC4}\\x{10FCA}-\\x{10FCB}\\x{1E900}-\\x{1E943}]";
    /** Joining_Type=R or D, Unicode 14. */
    private static final String JOINS_PREVIOUS = "[\\u0620\\u0622-\\u063F\\u0641-\\u064A\\u066E-\\u066F\\u0671-\\u0673"
            + "\\u0675-\\u06D3\\u06D5\\u06EE-\\u06EF\\u06FA-\\u06FC\\u06FF\\u0710\\u0712-\\u072F\\u074D-\\u077F"
            + "\\u07CA-\\u07EA\\u0840-\\u0858\\u0860\\u0862-\\u0865\\u0867-\\u086A\\u0870-\\u0882\\u0886\\u0889-\\u088E"
            + "\\u08A0-\\u08AC\\u08AE-\\u08C8\\u1807\\u1820-\\u1878\\u1887-\\u18A8\\u18AA\\uA840-\\uA871"
            + "\\x{10AC0}-\\x{10AC5}\\x{10AC7}\\x{10AC9}-\\x{10ACA}\\x{10ACE}-\\x{10AD6}\\x{10AD8}-\\x{10AE1}\\x{10AE4}"
            + "\\x{10AEB}-\\x{10AEF}\\x{10B80}-\\x{10B91}\\x{10BA9}-\\x{10BAE}\\x{10D01}-\\x{10D23}\\x{10F30}-\\x{10F44}"
            + "\\x{10F51}-\\x{10F54}\\x{10F70}-\\x{10F81}\\x{10FB0}\\x{10FB2}-\\x{10FB6}\\x{10FB8}-\\x{10FBF}"
            + "\\x{10FC1}-\\x{10FC4}\\x{10FC9}-\\x{10FCA}\\x{1E900}-\\x{1E943}]";

    private static final Pattern AFTER_VIRAMA = Pattern.compile(VIRAMA + "$");
    private static final Pattern CURSIVE_BEFORE = Pattern.compile(JOINS_NEXT + "\\p{M}*$");
    private static final Pattern CURSIVE_AFTER = Pattern.compile("^\\p{M}*" + JOINS_PREVIOUS);
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
        return character == ZWNJ || character == ZWJ || isSelector(character) || isMongolianSelector(character);
    }

    private static boolean isSelector(int character) {
        return character >= 0xFE00 && character <= 0xFE0F || character >= 0xE0100 && character <= 0xE01EF;
    }

    private static boolean isMongolianSelector(int character) {
        return character >= 0x180B && character <= 0x180F && character != 0x180E;
    }

    /** Whether a joiner or variation selector has an effect on the adjacent characters. */
    static boolean joins(String before, int joiner, String after) {
        if (joiner == ZWNJ) {
            return AFTER_VIRAMA.matcher(before).find()
                    || CURSIVE_BEFORE.matcher(before).find()
                            && CURSIVE_AFTER.matcher(after).find();
        }
        if (joiner == ZWJ) {
            return AFTER_VIRAMA.matcher(before).find() || joinsEmoji(before, after);
        }
        if (isMongolianSelector(joiner)) {
            return MONGOLIAN.matcher(before).find();
        }
        return IDEOGRAPH.matcher(before).find() || isEmojiForm(before, joiner, after);
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
