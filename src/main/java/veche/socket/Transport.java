package veche.socket;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import veche.dialect.CloseCode;

/**
 * The way out to one client, over one container's session. A connection calls {@link #send} and {@link #ping} from its
 * carrier's thread only, and never sends again before the last run is done.
 */
interface Transport {
    /**
     * Hands over a run without waiting for the client.
     *
     * @param done called once, on any thread, perhaps before this returns: with null, or with what went wrong
     */
    void send(FrameBatch batch, Consumer<Throwable> done);

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
     * Checks frames as they come in, for containers that hand them out whole and whether they are masked or not. Called
     * while the session opens.
     *
     * @param maxBytes the largest frame
     * @param violation called once, with the close code and the reason, at the first frame that is larger or not masked
     */
    default void checkFrames(int maxBytes, BiConsumer<CloseCode, String> violation) {
        // Elsewhere a large frame comes in parts, which are counted, and the container refuses unmasked ones.
    }
}
