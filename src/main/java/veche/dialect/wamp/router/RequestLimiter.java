package veche.dialect.wamp.router;

import veche.dialect.wamp.message.WampErrorException;

/** Limits how often a session makes requests. Thread-safe; must not block. */
@FunctionalInterface
public interface RequestLimiter {
    /** @throws WampErrorException where the session makes requests too often */
    void check(Session session);
}
