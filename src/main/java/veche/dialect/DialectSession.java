package veche.dialect;

import java.nio.ByteBuffer;
import java.util.Optional;
import veche.room.Author;

/**
 * The session of one client. The methods of a session are called sequentially, on the container's reader threads; they
 * must not block. An exception closes the connection: {@link MalformedMessageException} with its code, any other with
 * 1011 and an incident id.
 */
public interface DialectSession {
    /** A session that ended before it began: ignores all messages. */
    DialectSession OVER = new DialectSession() {
        @Override
        public void onText(String text) {
            // The session has ended.
        }

        @Override
        public void onBinary(ByteBuffer data) {
            // The session has ended.
        }

        @Override
        public void onClose() {
            // No resources to release.
        }
    };

    /** Handles a complete text message: valid UTF-8, within the size limit. */
    void onText(String text);

    /** Handles a complete binary message within the size limit. The session owns the buffer. */
    void onBinary(ByteBuffer data);

    /**
     * The author of the client's messages, if the session determines it rather than the handshake; also available
     * after the end of the session.
     */
    default Optional<Author> author() {
        return Optional.empty();
    }

    /**
     * The connection has closed, from either side. Called exactly once, as the last call, possibly on another thread.
     */
    void onClose();
}
