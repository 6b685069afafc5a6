package veche.dialect.wamp.codec;

import java.util.Base64;

/** Strings as JSON holds them: a pair of surrogates whole, half a pair escaped, and none that would be binary. */
final class JsonStrings {
    /** What begins a string that holds binary data (WAMP basic profile, "Binary support in JSON"). */
    static final char BINARY = '\0';
    /** SYMBOL FOR NULL. */
    private static final char VISIBLE_NUL = '\u2400';

    private JsonStrings() {}

    /** The octets that a string stands for; null where it is only a string. */
    static byte[] binary(String text) {
        if (text.isEmpty() || text.charAt(0) != BINARY) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text.substring(1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** Adds a string value, with U+2400 for a first U+0000, behind which clients expect base64. */
    static void value(StringBuilder to, String text) {
        boolean announcesBinary = !text.isEmpty() && text.charAt(0) == BINARY;
        quoted(to, announcesBinary ? VISIBLE_NUL + text.substring(1) : text);
    }

    /** Adds a string as it is. */
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
