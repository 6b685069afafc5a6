package veche.bench.load;

/** What one connection says and hears above WebSocket frames: a dialect, from the client's side. */
interface Talk {
    /** No bytes: nothing to say. */
    byte[] NOTHING = {};

    /** The first thing to say once the WebSocket is open; {@link #NOTHING} where that is the server's turn. */
    byte[] greeting();

    /** Whether the opened WebSocket is already in the room, without a word. */
    boolean joinsByOpening();

    /** Where the first message of a WebSocket message ends; most dialects carry one in each. */
    default int end(byte[] payload, int from, int to) {
        return to;
    }

    /** Where the next message starts when one ended at {@code end}. */
    default int next(int end) {
        return end;
    }

    /** Where the text of a chat message starts in this payload, or -1 if the payload is something else. */
    int textIn(byte[] payload, int from, int to);

    /**
     * Where the payload calls a procedure of ours: writes the result to {@code reply}, from 0, and returns its length;
     * otherwise 0.
     */
    default int echo(byte[] payload, int from, int to, byte[] reply) {
        return 0;
    }

    /** Hears a payload that is neither a chat message nor a call, and gives what to answer. */
    Answer answer(byte[] payload, int from, int to);

    /** Wraps a text for sending: writes the payload to {@code to}, from 0, and returns its length. */
    int say(byte[] text, byte[] to);

    /** Whether payloads travel in binary frames. */
    default boolean binary() {
        return false;
    }

    /**
     * The reply to a payload that is no chat message.
     *
     * @param payload to be sent, perhaps {@link #NOTHING}
     * @param joined whether the client is in the room from now on
     */
    record Answer(byte[] payload, boolean joined) {
        static final Answer NONE = new Answer(NOTHING, false);
        static final Answer IN = new Answer(NOTHING, true);
    }
}
