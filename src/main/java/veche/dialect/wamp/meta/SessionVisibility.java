package veche.dialect.wamp.meta;

import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;

/** Which sessions may learn of which others. Thread-safe. */
public interface SessionVisibility {
    /** Whether a session may learn of another. */
    boolean isVisible(Session session, Session observer);

    /** The sessions that may learn of that one, decided now and valid after it has ended. */
    Recipients observers(Session session);

    /** Whether a session is confined to a part of the server, so that no role of its applies to all of it. */
    boolean isConfined(Session session);
}
