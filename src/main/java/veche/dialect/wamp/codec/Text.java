package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings of the binary serializations: UTF-8, which has whole code points only. */
public final class Text {
    private Text() {}

    /** The text with U+FFFD for each half of a surrogate pair that stands alone. */
    public static String whole(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            int codePoint = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(codePoint)) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                whole = whole == null ? new StringBuilder(text) : whole;
                whole.setCharAt(i, '\ufffd');
            }
        }
        return whole == null ? text : whole.toString();
    }

    /** Whether each half of a surrogate pair is beside the other one. */
    public static boolean isWhole(String text) {
        return whole(text).equals(text);
    }

    /** Octets that should be UTF-8, with U+FFFD for what is not; a surrogate that was encoded alone is one. */
    static String decoded(byte[] utf8, Elements elements) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            elements.addMalformed();
            return lenient(utf8);
        }
    }

    private static String lenient(byte[] utf8) {
        StringBuilder text = new StringBuilder(utf8.length);
        int from = 0;
        for (int i = 0; i + 2 < utf8.length; i++) {
            // Of these octets, UTF-8 has the first for U+D000 to U+D7FF and as the beginning of a character only.
            if (utf8[i] == (byte) 0xed && (utf8[i + 1] & 0xe0) == 0xa0 && (utf8[i + 2] & 0xc0) == 0x80) {
                text.append(new String(utf8, from, i - from, StandardCharsets.UTF_8))
                        .append((char) (0xd000 | (utf8[i + 1] & 0x3f) << 6 | utf8[i + 2] & 0x3f));
                from = i + 3;
            }
        }
        return text.append(new String(utf8, from, utf8.length - from, StandardCharsets.UTF_8))
                .toString();
    }
}
