package veche.dialect.wamp.meta;

import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;

/** Decides which sessions may see which others. Thread-safe. */
public interface SessionVisibility {
    /** Whether the observer may see the session. */
    boolean isVisible(Session session, Session observer);

    /**
     * Returns the observers that may see a session. The result is determined at the call, and remains valid after the
     * session has ended.
     */
    Recipients observers(Session session);

    /** Whether a session is confined to a part of the server, which limits its roles to that part. */
    boolean isConfined(Session session);
}
