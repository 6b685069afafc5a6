package veche.dialect.wamp.router;

/**
 * Code beside the router that accompanies each session. Called in the order in which listeners were added, on the thread
 * that opens or closes the session.
 */
public interface SessionListener {
    /**
     * A session is about to open; nothing has been sent to its peer.
     *
     * @throws RuntimeException to refuse it, which the caller of {@link Router#open} receives
     */
    default void opening(Session session) {}

    /** WELCOME has been sent; not called for sessions within the server. */
    default void opened(Session session) {}

    /** The session ends; its subscriptions and registrations are still there. */
    default void closing(Session session) {}

    /** The session has no subscription and no registration any more. */
    default void left(Session session, boolean quietly) {}

    /**
     * The session has ended.
     *
     * @param quietly whether neither testaments nor meta events are published
     */
    default void closed(Session session, boolean quietly) {}
}
