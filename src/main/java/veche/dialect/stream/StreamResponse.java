package veche.dialect.stream;

import java.util.Optional;
import veche.room.Position;

/** The head of the response to a request that reads a room. One method is called, before the first frame is sent. */
public interface StreamResponse {
    /** The messages follow as they are sent to the room. */
    void begin(Position at);

    /**
     * Messages that are there already.
     *
     * @param page empty if some after the position that the client knows are no longer kept
     * @return the body
     */
    String answer(Optional<Page> page);

    /**
     * An error.
     *
     * @param failure if the user may not read the room, {@link veche.room.RefusedException}
     * @return the body
     */
    String refuse(Throwable failure);
}
