package veche.bench.load;

/** WAMP in MessagePack, {@code wamp.2.msgpack}. */
final class WampMsgpack implements WampSerialization {
    static final WampSerialization INSTANCE = new WampMsgpack();

    /** The number of elements before the arguments. */
    private static final int EVENT_HEAD = 4;

    private static final int INVOCATION_HEAD = 4;
    private static final int RESULT_HEAD = 3;

    private WampMsgpack() {}

    @Override
    public boolean binary() {
        return true;
    }

    @Override
    public byte[] hello(String realm) {
        Msgpack hello = new Msgpack().array(3).small(WampProtocol.HELLO).string(realm);
        hello.map(1).string("roles").map(4);
        for (String role : new String[] {"publisher", "subscriber", "caller", "callee"}) {
            hello.string(role).map(0);
        }
        return hello.bytes();
    }

    @Override
    public byte[] request(int type, int id, String uri) {
        return new Msgpack().array(4).small(type).small(id).map(0).string(uri).bytes();
    }

    @Override
    public Template publish(String topic) {
        Msgpack options = new Msgpack().map(1).string("exclude_me").no();
        return template(5, WampProtocol.PUBLISH, options.string(topic));
    }

    @Override
    public Template call(String procedure) {
        return template(5, WampProtocol.CALL, new Msgpack().map(0).string(procedure));
    }

    @Override
    public Template result() {
        return template(4, WampProtocol.YIELD, new Msgpack().map(0));
    }

    private static Template template(int elements, int type, Msgpack between) {
        byte[] before = new Msgpack().array(elements).small(type).bytes();
        return new Template(before, between.array(1).head(ChatText.LENGTH).bytes(), new byte[0]);
    }

    @Override
    public int id(long id, byte[] to) {
        return Msgpack.number(id, to);
    }

    @Override
    public int end(byte[] payload, int from, int to) {
        return to;
    }

    @Override
    public int next(int end) {
        return end;
    }

    @Override
    public int type(byte[] message, int from, int to) {
        return message[from + 1];
    }

    @Override
    public int second(byte[] message, int from) {
        return from + 2;
    }

    @Override
    public int numberEnd(byte[] message, int at) {
        return Msgpack.skip(message, at);
    }

    @Override
    public int text(byte[] message, int from, int to) {
        int head = switch (type(message, from, to)) {
            case WampProtocol.EVENT -> EVENT_HEAD;
            case WampProtocol.INVOCATION -> INVOCATION_HEAD;
            default -> RESULT_HEAD;
        };
        if (Msgpack.elements(message, from) <= head) {
            return -1;
        }
        int at = from + 1;
        for (int i = 0; i < head; i++) {
            at = Msgpack.skip(message, at);
        }
        if (Msgpack.elements(message, at) == 0) {
            return -1;
        }
        int text = Msgpack.content(message, at + 1);
        return text >= 0 && text + ChatText.LENGTH <= to && message[text] == ChatText.MARK ? text : -1;
    }
}
