package veche.dialect;

import java.nio.ByteBuffer;
import java.util.Optional;
import veche.room.Author;

/**
 * One client's talk. The calls of one conversation come one after the other, on the container's reader threads: they
 * must not block. What is thrown is answered by closing: {@link MalformedMessageException} with its code, anything else with 1011 and an
 * incident id.
 */
public interface DialectSession {
    /** One that is over before it began: hears nothing. */
    DialectSession OVER = new DialectSession() {
        @Override
        public void onText(String text) {
            // Over.
        }

        @Override
        public void onBinary(ByteBuffer data) {
            // Over.
        }

        @Override
        public void onClose() {
            // Nothing is held.
        }
    };

    /** A whole text message, valid UTF-8, within the size limit. */
    void onText(String text);

    /** A whole binary message within the size limit. The buffer belongs to the conversation. */
    void onBinary(ByteBuffer data);

    /** As whom its client speaks, where the conversation tells, not the handshake; also after its end. */
    default Optional<Author> author() {
        return Optional.empty();
    }

    /** The connection has ended, whoever ended it; called once, last, perhaps on another thread. */
    void onClose();
}
