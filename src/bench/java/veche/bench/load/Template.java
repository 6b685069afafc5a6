package veche.bench.load;

/**
 * An encoded WAMP message with variable request id and text.
 *
 * @param before the bytes before the id
 * @param between the bytes between id and text
 * @param after the bytes after the text
 */
record Template(byte[] before, byte[] between, byte[] after) {
    /** Writes a message with an id from {@code ids} and a text from {@code texts}; returns its length. */
    int fill(byte[] ids, int idFrom, int idTo, byte[] texts, int textAt, byte[] to) {
        int at = put(before, 0, before.length, to, 0);
        at = put(ids, idFrom, idTo, to, at);
        at = put(between, 0, between.length, to, at);
        at = put(texts, textAt, textAt + ChatText.LENGTH, to, at);
        return put(after, 0, after.length, to, at);
    }

    private static int put(byte[] source, int from, int end, byte[] to, int at) {
        System.arraycopy(source, from, to, at, end - from);
        return at + end - from;
    }
}
