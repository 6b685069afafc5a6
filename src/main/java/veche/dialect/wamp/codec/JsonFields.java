package veche.dialect.wamp.codec;

/** Finds the fields of a message in its text, which was read as JSON before. */
final class JsonFields {
    private JsonFields() {}

    /** The text of the fields from that index on, without the brackets around all fields. */
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

    /** Where the string that begins there ends. */
    private static int end(String message, int start) {
        int i = start + 1;
        while (message.charAt(i) != '"') {
            i += message.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
