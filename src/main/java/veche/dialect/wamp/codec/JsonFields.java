package veche.dialect.wamp.codec;

/** Locates the fields of a message in its text, which must have been parsed as JSON before. */
final class JsonFields {
    private JsonFields() {}

    /** Returns the text of the fields from that index on, without the brackets around the message. */
    static String from(String message, int index) {
        int depth = 0;
        int field = 0;
        int start = message.indexOf('[') + 1;
        for (int i = 0; field < index; i++) {
            char c = message.charAt(i);
            if (c == '"') {
                i = end(message, i);
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 1) {
                field++;
                start = i + 1;
            }
        }
        return message.substring(start, message.lastIndexOf(']')).strip();
    }

    /** Returns the index of the quote that ends the string beginning at {@code start}. */
    private static int end(String message, int start) {
        int i = start + 1;
        while (message.charAt(i) != '"') {
            i += message.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
