/**
 * A WAMP router without sockets: sessions, broker, dealer, meta API, and the rooms as topics and procedures. What a
 * session speaks is hidden behind {@link veche.dialect.wamp.router.Peer}.
 *
 * <p>Concurrency: a session's messages are given one after the other, many sessions' at once. There is no lock over a
 * topic or the realm: membership lives in concurrent maps, and a publisher walks them on its own thread, handing frames
 * to queues that never block. Locks are held per session only, and only where the order of what one client sees needs
 * it: while an invocation gets its number, and while SUBSCRIBED overtakes the first event.
 */
package veche.dialect.wamp.router;
