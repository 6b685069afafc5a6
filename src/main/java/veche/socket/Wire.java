package veche.socket;

import java.util.function.Consumer;

/**
 * The way out to one client, over one container's session. A connection calls {@link #send} and {@link #ping} from its
 * carrier's thread only, and never sends again before the last run is done.
 */
interface Wire {
    /**
     * Hands over a run without waiting for the client.
     *
     * @param done called once, on any thread, perhaps before this returns: with null, or with what went wrong
     */
    void send(Run run, Consumer<Throwable> done);

    /** Sends a ping (RFC 6455 §5.5.2); called only while no run is under way. */
    void ping();

    /** Closes with a code and a reason of at most 123 bytes of UTF-8; may block, so it is called on no carrier. */
    void close(int code, String reason);

    /**
     * Stops reading from the client, until {@link #resume}; a pong is not heard meanwhile either.
     *
     * @return false where the container has no way to do so
     */
    default boolean suspend() {
        return false;
    }

    /** Reads again; called after {@link #suspend} only. */
    default void resume() {}

    /** Cuts the connection without a word, after {@link #close} for a client that takes nothing any more, or before it. */
    void terminate();

    /**
     * Has {@code tooBig} run where a frame is larger: for containers that hand out frames whole. Called while the session
     * opens.
     */
    default void limitFrames(int maxBytes, Runnable tooBig) {
        // Elsewhere a large frame comes in parts, which are counted.
    }
}
