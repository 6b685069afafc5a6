/**
 * A WAMP router without sockets and without rooms: sessions, a broker and a dealer, for every version and serialization.
 * {@link veche.dialect.wamp.router.Router} is the entry point. Topics whose events are kept are behind
 * {@link veche.dialect.wamp.router.DurableTopics}; what accompanies a session is a
 * {@link veche.dialect.wamp.router.SessionListener}.
 *
 * <p>Threads: the requests of one session are made one after the other, by the thread that reads its connection; answers
 * may come from any thread. The scheduler runs timeouts. Nothing blocks.
 */
package veche.dialect.wamp.router;
