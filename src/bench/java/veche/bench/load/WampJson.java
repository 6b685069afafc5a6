package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** WAMP in JSON. Batched, each message is followed by octet 0x1e; the server may use 0x18 instead. */
final class WampJson implements WampSerialization {
    /** {@code wamp.2.json}. */
    static final WampSerialization SINGLE = new WampJson("");

    /** {@code wamp.2.json.batched}. */
    static final WampSerialization BATCHED = new WampJson("\u001e");

    private static final int RECORD_SEPARATOR = 0x1E;
    private static final int CANCEL = 0x18;

    private final String separator;

    private WampJson(String separator) {
        this.separator = separator;
    }

    @Override
    public boolean binary() {
        return false;
    }

    @Override
    public byte[] hello(String realm) {
        return ascii("[1,\"" + realm
                + "\",{\"roles\":{\"publisher\":{},\"subscriber\":{},\"caller\":{},\"callee\":{}}}]" + separator);
    }

    @Override
    public byte[] request(int type, int id, String uri) {
        return ascii("[" + type + "," + id + ",{},\"" + uri + "\"]" + separator);
    }

    @Override
    public Template publish(String topic) {
        return template(WampProtocol.PUBLISH, ",{\"exclude_me\":false},\"" + topic + "\",[\"");
    }

    @Override
    public Template call(String procedure) {
        return template(WampProtocol.CALL, ",{},\"" + procedure + "\",[\"");
    }

    @Override
    public Template result() {
        return template(WampProtocol.YIELD, ",{},[\"");
    }

    private Template template(int type, String between) {
        return new Template(ascii("[" + type + ","), ascii(between), ascii("\"]]" + separator));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @Override
    public int id(long id, byte[] to) {
        int length = 1;
        for (long rest = id / 10; rest > 0; rest /= 10) {
            length++;
        }
        long rest = id;
        for (int at = length - 1; at >= 0; at--) {
            to[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return length;
    }

    @Override
    public int end(byte[] payload, int from, int to) {
        if (separator.isEmpty()) {
            return to;
        }
        int at = from;
        while (at < to && payload[at] != RECORD_SEPARATOR && payload[at] != CANCEL) {
            at++;
        }
        return at;
    }

    @Override
    public int next(int end) {
        return end + separator.length();
    }

    @Override
    public int type(byte[] message, int from, int to) {
        int type = 0;
        for (int at = from + 1; at < to && isDigit(message[at]); at++) {
            type = 10 * type + message[at] - '0';
        }
        return type;
    }

    @Override
    public int second(byte[] message, int from) {
        return numberEnd(message, from + 1) + 1;
    }

    @Override
    public int numberEnd(byte[] message, int at) {
        int end = at;
        while (isDigit(message[end])) {
            end++;
        }
        return end;
    }

    @Override
    public int text(byte[] message, int from, int to) {
        return ChatText.find(message, from, to);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
