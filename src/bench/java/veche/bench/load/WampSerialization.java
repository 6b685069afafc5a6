package veche.bench.load;

/**
 * A serialization of WAMP v2, as far as the benchmark requires it. The methods called for each delivery allocate
 * nothing.
 */
interface WampSerialization {
    /** The maximum length of an id in bytes. */
    int LARGEST_ID = 20;

    /** Whether messages are sent in binary frames. */
    boolean binary();

    /** HELLO to a realm with all four client roles. */
    byte[] hello(String realm);

    /** SUBSCRIBE to a topic, or REGISTER of a procedure, without options. */
    byte[] request(int type, int id, String uri);

    /** PUBLISH to a topic, with {@code exclude_me} false. */
    Template publish(String topic);

    /** CALL of a procedure. */
    Template call(String procedure);

    /** YIELD with the text of the invocation. */
    Template result();

    /** Writes an id to {@code to}, from 0, and returns its length. */
    int id(long id, byte[] to);

    /** The end of the first message, excluding the separator. */
    int end(byte[] payload, int from, int to);

    /** The start of the message that follows one that ends at {@code end}. */
    int next(int end);

    /** The message's type code. */
    int type(byte[] message, int from, int to);

    /** The start of the second element. */
    int second(byte[] message, int from);

    /** The end of the number that starts at {@code at}. */
    int numberEnd(byte[] message, int at);

    /** The start of the {@link ChatText} that is the first argument of an EVENT, INVOCATION or RESULT; otherwise -1. */
    int text(byte[] message, int from, int to);
}
