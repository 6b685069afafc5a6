/**
 * A WAMP router, independent of sockets and chat rooms: sessions, a broker and a dealer, for all protocol versions and
 * serializations. {@link veche.dialect.wamp.router.Router} is the entry point. Topics whose events are stored are
 * behind {@link veche.dialect.wamp.router.DurableTopics}; a {@link veche.dialect.wamp.router.SessionListener} receives
 * the lifecycle events of sessions.
 *
 * <p>Threads: the requests of one session are made sequentially, by the thread that reads its connection. Answers may
 * be sent from any thread. The scheduler runs timeouts and queued publications. No method blocks.
 */
@NullMarked
package veche.dialect.wamp.router;

import org.jspecify.annotations.NullMarked;
