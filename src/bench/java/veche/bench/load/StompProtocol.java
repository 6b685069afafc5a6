package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** STOMP 1.2 with the destination {@code /topic/<room>}, without heart-beats and receipts. */
final class StompProtocol implements ClientProtocol {
    private static final byte[] CONNECT =
            "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0".getBytes(US_ASCII);

    private final byte[] before;
    private final Reply subscribe;

    StompProtocol(String room) {
        before = ("SEND\ndestination:/topic/" + room + "\ncontent-type:text/plain\ncontent-length:" + ChatText.LENGTH
                        + "\n\n")
                .getBytes(US_ASCII);
        subscribe = new Reply(("SUBSCRIBE\nid:0\ndestination:/topic/" + room + "\n\n\0").getBytes(US_ASCII), true);
    }

    @Override
    public byte[] firstMessage() {
        return CONNECT;
    }

    @Override
    public boolean joinsOnOpen() {
        return false;
    }

    @Override
    public int findText(byte[] payload, int from, int to) {
        int at = to - 1 - ChatText.LENGTH;
        return at > from && payload[from] == 'M' && payload[at] == ChatText.MARK ? at : -1;
    }

    @Override
    public Reply reply(byte[] payload, int from, int to) {
        if (payload[from] == 'E') {
            throw new IllegalStateException(new String(payload, from, to - from, US_ASCII));
        }
        return payload[from] == 'C' ? subscribe : Reply.NONE;
    }

    @Override
    public int encode(byte[] text, byte[] to) {
        System.arraycopy(before, 0, to, 0, before.length);
        System.arraycopy(text, 0, to, before.length, text.length);
        to[before.length + text.length] = 0;
        return before.length + text.length + 1;
    }
}
