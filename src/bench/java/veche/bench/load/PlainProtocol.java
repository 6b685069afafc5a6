package veche.bench.load;

/** Each WebSocket message is the text of a chat message: Veche's plain dialect, and the tutorial's server. */
final class PlainProtocol implements ClientProtocol {
    static final ClientProtocol INSTANCE = new PlainProtocol();

    private PlainProtocol() {}

    @Override
    public byte[] firstMessage() {
        return NOTHING;
    }

    @Override
    public boolean joinsOnOpen() {
        return true;
    }

    @Override
    public int findText(byte[] payload, int from, int to) {
        return to - from >= ChatText.LENGTH && payload[from] == ChatText.MARK ? from : -1;
    }

    @Override
    public Reply reply(byte[] payload, int from, int to) {
        return Reply.NONE;
    }

    @Override
    public int encode(byte[] text, byte[] to) {
        System.arraycopy(text, 0, to, 0, text.length);
        return text.length;
    }
}
