package veche.dialect.wamp.router;

import java.util.List;
import veche.dialect.Frame;

/** Encodes events for all sessions of one version and serialization. Immutable, with {@code equals} by value. */
public interface EventFormat {
    /** Encodes an event as a frame, which is the same for all subscribers of the subscription. */
    Frame encode(long subscription, Event event);

    /** See {@link veche.dialect.MessageEncoder#batch}. */
    List<Frame> batch(List<Frame> frames);
}
