package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings of the binary serializations. UTF-8 cannot represent unpaired surrogates. */
public final class Text {
    private Text() {}

    /** Replaces each unpaired surrogate by U+FFFD. */
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

    /** Whether the text has no unpaired surrogate. */
    public static boolean isWhole(String text) {
        return whole(text).equals(text);
    }

    /** Decodes UTF-8. Malformed octets become U+FFFD, but a surrogate encoded on its own is decoded as a surrogate. */
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
            // A surrogate in three octets: valid UTF-8 uses 0xed only as the first octet of U+D000 to U+D7FF.
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
