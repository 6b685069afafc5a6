package veche.dialect.wamp.router;

import java.util.List;
import veche.dialect.Frame;

/** How events are put for all sessions that speak alike. Immutable, with {@code equals} that tells who does. */
public interface EventFormat {
    /** The event as a frame, the same for all subscribers of that subscription. */
    Frame word(long subscription, Event event);

    /** See {@link veche.dialect.MessageEncoder#batch}. */
    List<Frame> gather(List<Frame> frames);
}
