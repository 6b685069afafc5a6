package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings that survive every serialization: whole code points only (RFC 7493 §2.1). */
final class Text {
    private Text() {}

    /** @throws Undecodable where a surrogate stands alone */
    static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw new Undecodable("A string holds half a surrogate pair");
                }
                i++;
            }
        }
        return text;
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
