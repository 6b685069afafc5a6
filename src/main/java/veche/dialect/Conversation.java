package veche.dialect;

import java.nio.ByteBuffer;
import java.util.Optional;
import veche.room.Author;

/**
 * One client's talk. The calls of one conversation come one after the other, on the container's reader threads: they
 * must not block. What is thrown is answered by closing: {@link Malformed} with its code, anything else with 1011 and an
 * incident id.
 */
public interface Conversation {
    /** One that is over before it began: hears nothing. */
    Conversation OVER = new Conversation() {
        @Override
        public void hear(String text) {
            // Over.
        }

        @Override
        public void hear(ByteBuffer data) {
            // Over.
        }

        @Override
        public void closed() {
            // Nothing is held.
        }
    };

    /** A whole text message, valid UTF-8, within the size limit. */
    void hear(String text);

    /** A whole binary message within the size limit. The buffer belongs to the conversation. */
    void hear(ByteBuffer data);

    /** As whom its client speaks, where the conversation tells, not the handshake; also after its end. */
    default Optional<Author> author() {
        return Optional.empty();
    }

    /** The connection has ended, whoever ended it; called once, last, perhaps on another thread. */
    void closed();
}
