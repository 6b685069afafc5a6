package veche.dialect.soap.message;

/**
 * Replaces characters that XML 1.0 does not allow (§2.2) in serialized XML. Other dialects accept control characters in
 * messages; a single one would make the envelope malformed for every SOAP client in the room. Markup never contains
 * such characters, so the whole document can be processed as text.
 */
final class LegalXml {
    private static final char REPLACEMENT = '\uFFFD';
    /** A parser would normalize an unescaped carriage return to a line feed (XML 1.0 §2.11). */
    private static final String CARRIAGE_RETURN = "&#xD;";

    private LegalXml() {}

    /** Returns the same instance if nothing has to be replaced. */
    static String of(String xml) {
        int legal = legalPrefix(xml);
        return legal == xml.length() ? xml : repaired(xml, legal);
    }

    private static int legalPrefix(String xml) {
        int at = 0;
        while (at < xml.length() && isPlain(xml.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < '\uD800' || c == '\n' || c == '\t';
    }

    private static String repaired(String xml, int legal) {
        StringBuilder out = new StringBuilder(xml.length() + 16).append(xml, 0, legal);
        int at = legal;
        while (at < xml.length()) {
            int character = xml.codePointAt(at);
            at += Character.charCount(character);
            if (character == '\r') {
                out.append(CARRIAGE_RETURN);
            } else {
                out.appendCodePoint(isLegal(character) ? character : REPLACEMENT);
            }
        }
        return out.toString();
    }

    private static boolean isLegal(int character) {
        return character >= ' ' && character < 0xD800
                || character == '\n'
                || character == '\t'
                || character >= 0xE000 && character <= 0xFFFD
                || character >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
