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

    /** @throws Undecodable where these bytes are not UTF-8 */
    static String decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Undecodable("A string is not UTF-8");
        }
    }
}
