package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Socket.IO protocol 5 over Engine.IO 4, websocket transport only: {@code 42["message","…"]}. */
final class SocketIoProtocol implements ClientProtocol {
    static final ClientProtocol INSTANCE = new SocketIoProtocol();

    private static final byte[] BEFORE = "42[\"message\",\"".getBytes(US_ASCII);
    private static final byte[] AFTER = "\"]".getBytes(US_ASCII);
    private static final Reply CONNECT = new Reply("40".getBytes(US_ASCII), false);
    private static final Reply PONG = new Reply("3".getBytes(US_ASCII), false);

    private SocketIoProtocol() {}

    @Override
    public byte[] firstMessage() {
        return NOTHING;
    }

    @Override
    public boolean joinsOnOpen() {
        return false;
    }

    @Override
    public int findText(byte[] payload, int from, int to) {
        int at = from + BEFORE.length;
        return to - from == BEFORE.length + ChatText.LENGTH + AFTER.length && payload[at] == ChatText.MARK ? at : -1;
    }

    @Override
    public Reply reply(byte[] payload, int from, int to) {
        return switch (payload[from]) {
            case '0' -> CONNECT;
            case '2' -> PONG;
            case '4' -> to - from > 1 && payload[from + 1] == '0' ? Reply.IN : Reply.NONE;
            default -> Reply.NONE;
        };
    }

    @Override
    public int encode(byte[] text, byte[] to) {
        System.arraycopy(BEFORE, 0, to, 0, BEFORE.length);
        System.arraycopy(text, 0, to, BEFORE.length, text.length);
        System.arraycopy(AFTER, 0, to, BEFORE.length + text.length, AFTER.length);
        return BEFORE.length + text.length + AFTER.length;
    }
}
