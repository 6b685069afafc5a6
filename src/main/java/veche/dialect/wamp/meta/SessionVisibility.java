package veche.dialect.wamp.meta;

import java.util.Set;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;

/**
 * Decides which sessions may see which others. A session that is confined to a part of the server sees only sessions in
 * rooms of that part. Thread-safe.
 */
public interface SessionVisibility {
    /** Whether the observer may see the session. */
    boolean isVisible(Session session, Session observer);

    /** Whether the observer may see a session that is in these rooms. */
    boolean isVisible(Set<String> rooms, Session observer);

    /** The names of the rooms in which a session is, at the call. */
    Set<String> rooms(Session session);

    /** Returns the observers that may see a session that is in these rooms. */
    Recipients observers(Set<String> rooms);

    /** Whether a session is confined to a part of the server, which limits its roles to that part. */
    boolean isConfined(Session session);
}
