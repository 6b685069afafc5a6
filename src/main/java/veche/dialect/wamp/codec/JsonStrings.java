package veche.dialect.wamp.codec;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Strings in JSON. Surrogate pairs are written as they are, unpaired surrogates are escaped. */
final class JsonStrings {
    /** The first character of a string that holds binary data (WAMP basic profile, "Binary support in JSON"). */
    static final char BINARY = '\0';
    /** SYMBOL FOR NULL. */
    private static final char VISIBLE_NUL = '\u2400';

    private JsonStrings() {}

    /** Decodes a binary string; null if the string is text. */
    static byte @Nullable [] binary(String text) {
        if (text.isEmpty() || text.charAt(0) != BINARY) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text.substring(1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** Appends a string value. U+2400 replaces a first U+0000, after which clients expect base64. */
    static void value(StringBuilder to, String text) {
        boolean announcesBinary = !text.isEmpty() && text.charAt(0) == BINARY;
        quoted(to, announcesBinary ? VISIBLE_NUL + text.substring(1) : text);
    }

    /** Appends a string without replacing its first character. */
    static void quoted(StringBuilder to, String text) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                to.append(c).append(text.charAt(++i));
            } else {
                unit(to, c);
            }
        }
        to.append('"');
    }

    private static void unit(StringBuilder to, char c) {
        if (c == '"' || c == '\\') {
            to.append('\\').append(c);
        } else if (c == '\n') {
            to.append("\\n");
        } else if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
            to.append(String.format("\\u%04x", (int) c));
        } else {
            to.append(c);
        }
    }
}
