package veche.bench.load;

/**
 * A WAMP message that differs only in its request id and its text: what comes before the id, between both, and after.
 *
 * @param before up to the id
 * @param between from behind the id up to the text
 * @param after from behind the text
 */
record Template(byte[] before, byte[] between, byte[] after) {
    /** Writes a message with an id as it lies in {@code ids} and a text; returns its length. */
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
