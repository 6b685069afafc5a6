package veche.bench.load;

/** The client side of an application protocol over WebSocket, for one connection. */
interface ClientProtocol {
    /** An empty payload: nothing is sent. */
    byte[] NOTHING = {};

    /** The first message after the opening handshake; {@link #NOTHING} if the server sends first. */
    byte[] firstMessage();

    /** Whether a client is in its room as soon as the connection is open. */
    boolean joinsOnOpen();

    /** The end of the first message in a WebSocket message; most protocols send one in each. */
    default int end(byte[] payload, int from, int to) {
        return to;
    }

    /** The start of the message that follows one that ends at {@code end}. */
    default int next(int end) {
        return end;
    }

    /** The start of the text, if the payload is a chat message; otherwise -1. */
    int findText(byte[] payload, int from, int to);

    /**
     * Encodes the result, if the payload is a call of a procedure that this client has registered.
     *
     * @param out receives the result, from index 0
     * @return the length of the result; 0 if the payload is not a call
     */
    default int encodeResult(byte[] payload, int from, int to, byte[] out) {
        return 0;
    }

    /** Handles a payload that is neither a chat message nor a call. */
    Reply reply(byte[] payload, int from, int to);

    /** Encodes a chat message into {@code to}, from index 0, and returns its length. */
    int encode(byte[] text, byte[] to);

    /** Whether messages are sent in binary frames. */
    default boolean binary() {
        return false;
    }

    /**
     * The reaction to a payload that is not a chat message.
     *
     * @param payload the reply, or {@link #NOTHING}
     * @param joined whether the client is now in its room
     */
    record Reply(byte[] payload, boolean joined) {
        static final Reply NONE = new Reply(NOTHING, false);
        static final Reply IN = new Reply(NOTHING, true);
    }
}
