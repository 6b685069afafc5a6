package veche.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * WAMP v2 in one of its serializations. A client joins a realm and then, depending on the target, subscribes to a topic
 * and publishes to it, including to itself; registers a procedure that returns its argument; or calls that procedure.
 */
final class WampProtocol implements ClientProtocol {
    static final int HELLO = 1;
    static final int PUBLISH = 16;
    static final int EVENT = 36;
    static final int CALL = 48;
    static final int RESULT = 50;
    static final int INVOCATION = 68;
    static final int YIELD = 70;

    private static final int WELCOME = 2;
    private static final int PUBLISHED = 17;
    private static final int SUBSCRIBE = 32;
    private static final int SUBSCRIBED = 33;
    private static final int REGISTER = 64;
    private static final int REGISTERED = 65;
    private static final String REALM = "veche";

    private final WampSerialization form;
    private final Reply joinReply;
    private final Template outgoing;
    private final Template result;
    private final byte[] id = new byte[WampSerialization.LARGEST_ID];
    private long request;

    private WampProtocol(WampSerialization form, Reply joinReply, Template outgoing) {
        this.form = form;
        this.joinReply = joinReply;
        this.outgoing = outgoing;
        result = form.result();
    }

    /** The protocol of a client of a room; if the target is a procedure, the {@code first} client is the callee. */
    static ClientProtocol of(WampSerialization form, WampTarget wampTarget, String room, boolean first) {
        String uri = wampTarget.uri(room);
        if (wampTarget != WampTarget.PROCEDURE) {
            WampProtocol protocol =
                    new WampProtocol(form, new Reply(form.request(SUBSCRIBE, 1, uri), false), form.publish(uri));
            protocol.request = 1;
            return protocol;
        }
        Reply joinReply = first ? new Reply(form.request(REGISTER, 1, uri), false) : Reply.IN;
        return new WampProtocol(form, joinReply, form.call(uri));
    }

    @Override
    public byte[] firstMessage() {
        return form.hello(REALM);
    }

    @Override
    public boolean joinsOnOpen() {
        return false;
    }

    @Override
    public boolean binary() {
        return form.binary();
    }

    @Override
    public int end(byte[] payload, int from, int to) {
        return form.end(payload, from, to);
    }

    @Override
    public int next(int end) {
        return form.next(end);
    }

    @Override
    public int findText(byte[] payload, int from, int to) {
        int type = form.type(payload, from, to);
        return type == EVENT || type == RESULT ? form.text(payload, from, to) : -1;
    }

    @Override
    public int encodeResult(byte[] payload, int from, int to, byte[] out) {
        if (form.type(payload, from, to) != INVOCATION) {
            return 0;
        }
        int id = form.second(payload, from);
        int text = form.text(payload, from, to);
        if (text < 0) {
            throw new IllegalStateException(new String(payload, from, to - from, ISO_8859_1));
        }
        return result.fill(payload, id, form.numberEnd(payload, id), payload, text, out);
    }

    @Override
    public Reply reply(byte[] payload, int from, int to) {
        return switch (form.type(payload, from, to)) {
            case WELCOME -> joinReply;
            case SUBSCRIBED, REGISTERED -> Reply.IN;
            case PUBLISHED, EVENT -> Reply.NONE;
            default -> throw new IllegalStateException(new String(payload, from, to - from, ISO_8859_1));
        };
    }

    @Override
    public int encode(byte[] text, byte[] to) {
        return outgoing.fill(id, 0, form.id(++request, id), text, 0, to);
    }
}
