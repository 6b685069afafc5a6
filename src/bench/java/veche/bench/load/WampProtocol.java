package veche.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * WAMP v2 in one of its serializations: joins a realm; then subscribes to a topic, publishes to it and hears itself; or
 * registers a procedure that gives back what it is called with; or calls that.
 */
final class WampTalk implements Talk {
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

    private final WampForm form;
    private final Answer entry;
    private final Template saying;
    private final Template reply;
    private final byte[] id = new byte[WampForm.LARGEST_ID];
    private long request;

    private WampTalk(WampForm form, Answer entry, Template saying) {
        this.form = form;
        this.entry = entry;
        this.saying = saying;
        reply = form.reply();
    }

    /** The talk of a client about a room; over a procedure, the {@code first} is the callee. */
    static Talk of(WampForm form, Over over, String room, boolean first) {
        String uri = over.uri(room);
        if (over != Over.PROCEDURE) {
            WampTalk talk = new WampTalk(form, new Answer(form.request(SUBSCRIBE, 1, uri), false), form.publish(uri));
            talk.request = 1;
            return talk;
        }
        Answer entry = first ? new Answer(form.request(REGISTER, 1, uri), false) : Answer.IN;
        return new WampTalk(form, entry, form.call(uri));
    }

    @Override
    public byte[] greeting() {
        return form.hello(REALM);
    }

    @Override
    public boolean joinsByOpening() {
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
    public int textIn(byte[] payload, int from, int to) {
        int type = form.type(payload, from, to);
        return type == EVENT || type == RESULT ? form.text(payload, from, to) : -1;
    }

    @Override
    public int echo(byte[] payload, int from, int to, byte[] reply) {
        if (form.type(payload, from, to) != INVOCATION) {
            return 0;
        }
        int id = form.second(payload, from);
        int text = form.text(payload, from, to);
        if (text < 0) {
            throw new IllegalStateException(new String(payload, from, to - from, ISO_8859_1));
        }
        return this.reply.fill(payload, id, form.numberEnd(payload, id), payload, text, reply);
    }

    @Override
    public Answer answer(byte[] payload, int from, int to) {
        return switch (form.type(payload, from, to)) {
            case WELCOME -> entry;
            case SUBSCRIBED, REGISTERED -> Answer.IN;
            case PUBLISHED, EVENT -> Answer.NONE;
            default -> throw new IllegalStateException(new String(payload, from, to - from, ISO_8859_1));
        };
    }

    @Override
    public int say(byte[] text, byte[] to) {
        return saying.fill(id, 0, form.id(++request, id), text, 0, to);
    }
}
