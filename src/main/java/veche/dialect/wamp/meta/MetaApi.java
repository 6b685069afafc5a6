package veche.dialect.wamp.meta;

import java.util.Set;
import veche.dialect.wamp.router.Router;

/** The meta APIs of the router (advanced profile, "Session Meta API" and the sections after it), and testaments. */
public final class MetaApi {
    private MetaApi() {}

    /**
     * Adds the meta APIs to a router.
     *
     * @param administrators the roles that may end other sessions
     * @param maxTestaments the maximum number of testaments per session
     * @param others the sessions of the other nodes
     */
    public static void add(
            Router router,
            SessionVisibility visibility,
            Set<String> administrators,
            int maxTestaments,
            OtherSessions others) {
        Testaments testaments = new Testaments(router, maxTestaments);
        testaments.offer();
        router.addListener(testaments);
        SessionMeta sessions = new SessionMeta(router, visibility, administrators, others);
        sessions.offer(router);
        router.addListener(sessions);
        new SubscriptionMeta(router.broker()).offerTo(router);
        new RegistrationMeta(router.registrations()).offerTo(router);
    }
}
