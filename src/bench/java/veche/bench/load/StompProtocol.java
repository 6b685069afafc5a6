package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** STOMP 1.2 towards a broker with the topic {@code /topic/<room>}, without heart-beats or receipts. */
final class StompTalk implements Talk {
    private static final byte[] CONNECT =
            "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0".getBytes(US_ASCII);

    private final byte[] before;
    private final Answer subscribe;

    StompTalk(String room) {
        before = ("SEND\ndestination:/topic/" + room + "\ncontent-type:text/plain\ncontent-length:" + ChatText.LENGTH
                        + "\n\n")
                .getBytes(US_ASCII);
        subscribe = new Answer(("SUBSCRIBE\nid:0\ndestination:/topic/" + room + "\n\n\0").getBytes(US_ASCII), true);
    }

    @Override
    public byte[] greeting() {
        return CONNECT;
    }

    @Override
    public boolean joinsByOpening() {
        return false;
    }

    @Override
    public int textIn(byte[] payload, int from, int to) {
        int at = to - 1 - ChatText.LENGTH;
        return at > from && payload[from] == 'M' && payload[at] == ChatText.MARK ? at : -1;
    }

    @Override
    public Answer answer(byte[] payload, int from, int to) {
        if (payload[from] == 'E') {
            throw new IllegalStateException(new String(payload, from, to - from, US_ASCII));
        }
        return payload[from] == 'C' ? subscribe : Answer.NONE;
    }

    @Override
    public int say(byte[] text, byte[] to) {
        System.arraycopy(before, 0, to, 0, before.length);
        System.arraycopy(text, 0, to, before.length, text.length);
        to[before.length + text.length] = 0;
        return before.length + text.length + 1;
    }
}
