package veche.dialect.wamp.router;

/**
 * Receives the lifecycle events of each session. Listeners are called in the order in which they were added, on the
 * thread that opens or closes the session.
 */
public interface SessionListener {
    /**
     * Called before a session opens; nothing has been sent to its peer.
     *
     * @throws RuntimeException to reject the session; propagated to the caller of {@link Router#open} or
     *     {@link Router#attach}
     */
    default void opening(Session session) {}

    /** Called after WELCOME has been sent; not called for sessions within the server. */
    default void opened(Session session) {}

    /**
     * Called after a subscription or registration of a session has ended, because it is no longer permitted.
     *
     * @param action {@link UriAction#SUBSCRIBE} or {@link UriAction#REGISTER}
     * @param reason one sentence
     */
    default void revoked(Session session, UriAction action, String uri, Match match, String reason) {}

    /** Called when a session ends, before its subscriptions and registrations are removed. */
    default void closing(Session session) {}

    /**
     * Called after the subscriptions and registrations of the session have been removed.
     *
     * @param quietly whether neither testaments nor meta events are published
     */
    default void left(Session session, boolean quietly) {}

    /**
     * Called last, after all listeners have received {@link #left}.
     *
     * @param quietly whether neither testaments nor meta events are published
     */
    default void closed(Session session, boolean quietly) {}
}
