package veche.bench.load;

/**
 * How WAMP v2 messages lie in WebSocket messages: one of its serializations, as far as the benchmark needs it. What is
 * called for each delivery allocates nothing.
 */
interface WampForm {
    /** The largest id as bytes. */
    int LARGEST_ID = 20;

    /** Whether payloads travel in binary frames. */
    boolean binary();

    /** HELLO to a realm, in all four client roles. */
    byte[] hello(String realm);

    /** SUBSCRIBE to a topic or REGISTER a procedure, without options. */
    byte[] request(int type, int id, String uri);

    /** PUBLISH to a topic, that the publisher hears too. */
    Template publish(String topic);

    /** CALL of a procedure. */
    Template call(String procedure);

    /** YIELD of the text that came. */
    Template reply();

    /** Writes an id to {@code to}, from 0, and returns its length. */
    int id(long id, byte[] to);

    /** Where the first message ends, without what separates it from the next. */
    int end(byte[] payload, int from, int to);

    /** Where the next message starts when one ended at {@code end}. */
    int next(int end);

    /** The message's type code. */
    int type(byte[] message, int from, int to);

    /** Where the second element starts. */
    int second(byte[] message, int from);

    /** Where the element that starts at {@code at}, a number, ends. */
    int numberEnd(byte[] message, int at);

    /** Where the {@link ChatText} starts that is the first argument of an EVENT, INVOCATION or RESULT; -1 if none is. */
    int text(byte[] message, int from, int to);
}
