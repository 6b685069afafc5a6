package veche.dialect.wamp.router;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.access.GrantCache;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.SessionRequests.Use;
import veche.limit.ClientMemory;

/**
 * The broker and dealer of one realm, for sessions of any protocol version. The requests of one session are made
 * sequentially. A request that fails is answered with ERROR through the session's peer. A
 * {@link ProtocolViolationException} is thrown to the caller, which ends the session. Thread-safe; no method blocks.
 */
public final class Router {
    private final OpenSessions sessions = new OpenSessions();
    private final SessionRequests.Context context;
    private final Set<String> metaProcedures = ConcurrentHashMap.newKeySet();
    private final RetentionBudget budget;
    private final Broker broker;
    private final Dealer dealer;

    /**
     * Creates the router of a realm.
     *
     * @param durable the topics whose events are stored
     * @param authorizer decides which URIs a session may use
     * @param limiter limits the rate of SUBSCRIBE, PUBLISH, REGISTER and CALL: throws a {@link WampErrorException}
     *     where the session makes requests too often. Thread-safe; must not block
     * @param scheduler runs timeouts, and requests that were queued for a permission or a commit
     * @param memory accounts what is held on behalf of clients
     */
    public Router(
            DurableTopics durable,
            Authorizer authorizer,
            Consumer<Session> limiter,
            ScheduledExecutorService scheduler,
            RouterLimits limits,
            ClientMemory memory) {
        this.budget = new RetentionBudget(limits.retention(), memory);
        this.broker = new Broker(durable, limits, budget);
        this.dealer = new Dealer(scheduler, limits, budget, broker::publish);
        this.context = new SessionRequests.Context(
                authorizer,
                limiter,
                this::relies,
                metaProcedures,
                session -> recheck(session, use -> true),
                scheduler,
                limits,
                budget,
                Clock.systemUTC());
    }

    /** Adds a listener for all sessions that are opened afterwards. */
    public void addListener(SessionListener listener) {
        sessions.addListener(listener);
    }

    /** Adds a procedure that the server implements. */
    public void offer(String uri, Procedure procedure) {
        dealer.offer(uri, procedure);
    }

    /** Adds a procedure of the meta APIs, which only sessions permitted {@link UriAction#META} may call. */
    public void offerMeta(String uri, Procedure procedure) {
        metaProcedures.add(uri);
        offer(uri, procedure);
    }

    /** The broker. */
    public Broker broker() {
        return broker;
    }

    /** The registrations of all sessions. */
    public Registrations registrations() {
        return dealer.registrations();
    }

    /** The exchange of calls with other nodes. */
    public RemoteCalls remoteCalls() {
        return new RemoteCalls(dealer, context);
    }

    /** The budget for memory that is retained on behalf of users. */
    public RetentionBudget budget() {
        return budget;
    }

    /**
     * Opens a session.
     *
     * @param welcome sends WELCOME, before any other message
     * @throws RuntimeException where a {@link SessionListener} rejects the session
     */
    public Session open(Identity identity, Roles roles, Peer peer, Consumer<Session> welcome) {
        return sessions.open(id -> new Session(id, identity, roles, peer, context, true), welcome);
    }

    /**
     * Opens an unlisted session within the server.
     *
     * @throws RuntimeException where a {@link SessionListener} rejects the session
     */
    public Session attach(Identity identity, Peer peer) {
        Session session = new Session(Ids.random(), identity, new Roles(Map.of()), peer, context, false);
        sessions.opening(session);
        return session;
    }

    /**
     * Ends a session: fails the calls pending at it as a callee, abandons its own calls, and publishes its testaments.
     * Idempotent.
     */
    public void close(Session session) {
        close(session, false);
    }

    private void close(Session session, boolean quietly) {
        sessions.close(session, quietly, () -> {
            session.requests().close();
            dealer.leave(session);
            broker.leave(session);
        });
    }

    /**
     * Ends a session and its connection, because its user has lost access.
     *
     * @param reason the reason in the close frame
     * @param details further entries of GOODBYE's Details
     */
    public void expel(Session session, String reason, Map<String, Object> details) {
        if (!session.ended()) {
            session.peer().expel(reason, details);
            close(session);
        }
    }

    /**
     * Ends a session with GOODBYE.
     *
     * @param reason a URI
     * @param text the message; null for none
     * @param quietly whether neither testaments nor meta events are published
     */
    public void end(Session session, String reason, @Nullable String text, boolean quietly) {
        if (!session.ended()) {
            session.peer().end(reason, text);
            close(session, quietly);
        }
    }

    /** Has the policy consulted anew, and ends the subscriptions and registrations that it no longer permits. */
    public void reconsider(Session session) {
        session.requests().grants().clear();
        recheck(session, use -> true);
    }

    /** Has the policy consulted anew on the subscriptions and registrations whose permission has expired. */
    public void reconsiderExpired(Session session) {
        if (!session.requests().grants().isEmpty()) {
            recheck(session, session.requests()::expired);
        }
    }

    private void recheck(Session session, Predicate<Use> due) {
        GrantCache<Use> grants = session.requests().grants();
        int before = grants.generation();
        Stream.concat(
                        broker.subscriptions(session).map(one -> new Use(UriAction.SUBSCRIBE, one.uri(), one.match())),
                        dealer.registrations()
                                .all(session)
                                .map(one -> new Use(UriAction.REGISTER, one.uri(), one.match())))
                .filter(due)
                .forEach(use -> session.requests().grant(use).whenComplete((grant, failure) -> {
                    // A later change of policies has had this decided anew.
                    if (before == grants.generation() && (failure != null || !grant.permitted())) {
                        session.guarded(() -> revoke(session, use));
                    }
                }));
    }

    private void revoke(Session session, Use use) {
        String reason = "You are no longer permitted to " + use.action().on(use.uri());
        Map<String, Object> details = Map.of("reason", reason);
        boolean held = use.action() == UriAction.REGISTER
                ? dealer.registrations().revoke(session, use.match(), use.uri(), details)
                : broker.revoke(session, use.match(), use.uri(), details);
        if (held) {
            sessions.revoked(session, use, reason);
        }
    }

    /** All open sessions of clients. */
    public Collection<Session> sessions() {
        return sessions.all();
    }

    /** Returns the open session with the given id. */
    public Optional<Session> session(long id) {
        return sessions.get(id);
    }

    /** SUBSCRIBE. */
    public void subscribe(Session session, Subscribe request) {
        session.requests()
                .submit(
                        new Use(UriAction.SUBSCRIBE, request.topic(), Match.of(request.options())),
                        Payload.EMPTY,
                        answering(session, Subscribe.TYPE, request.request()),
                        grant -> broker.subscribe(session, request));
    }

    /** UNSUBSCRIBE. */
    public void unsubscribe(Session session, Unsubscribe request) {
        session.requests()
                .submit(
                        Payload.EMPTY,
                        answering(session, Unsubscribe.TYPE, request.request()),
                        () -> broker.unsubscribe(session, request));
    }

    /** Unsubscribes from an exact topic, as in WAMP v1. */
    public void unsubscribe(Session session, String topic) {
        session.requests().submit(Payload.EMPTY, full -> overflow(session), () -> broker.unsubscribe(session, topic));
    }

    /** PUBLISH to the recipients in its options. */
    public void publish(Session session, Publish request) {
        Passthru.checkAnnounced(session, "publisher", request.options());
        Broker.check(request.options());
        publish(session, request, Recipients.of(request.options(), session.id()));
    }

    /** PUBLISH to the given recipients. */
    public void publish(Session session, Publish request, Recipients recipients) {
        session.requests()
                .submit(
                        new Use(UriAction.PUBLISH, request.topic(), Match.EXACT),
                        request.payload(),
                        failure -> PublishReply.failed(session, request, failure),
                        grant -> broker.publish(session, request, recipients, grant));
    }

    /** REGISTER. */
    public void register(Session session, Register request) {
        session.requests()
                .submit(
                        new Use(UriAction.REGISTER, request.procedure(), Match.of(request.options())),
                        Payload.EMPTY,
                        answering(session, Register.TYPE, request.request()),
                        grant -> dealer.register(session, request));
    }

    /** UNREGISTER. */
    public void unregister(Session session, Unregister request) {
        session.requests()
                .submit(
                        Payload.EMPTY,
                        answering(session, Unregister.TYPE, request.request()),
                        () -> dealer.unregister(session, request));
    }

    /** CALL. */
    public void call(Session session, Call request) {
        Passthru.checkAnnounced(session, "caller", request.options());
        session.requests()
                .submit(
                        new Use(UriAction.CALL, request.procedure(), Match.EXACT),
                        request.payload(),
                        answering(session, Call.TYPE, request.request()),
                        grant -> dealer.call(session, request, grant));
    }

    /** A further CALL of a progressive call. */
    public void more(Session session, Call request) {
        session.requests().submit(request.payload(), full -> overflow(session), () -> dealer.more(session, request));
    }

    /** CANCEL. */
    public void cancel(Session session, Cancel request) {
        session.requests()
                .submit(
                        Payload.EMPTY,
                        answering(session, Cancel.TYPE, request.request()),
                        () -> dealer.cancel(session, request));
    }

    /** Answers a request of the given type with ERROR. */
    private static Consumer<RuntimeException> answering(Session session, int requestType, long request) {
        return failure -> session.send(ErrorMapper.error(requestType, request, failure));
    }

    /** A request that has no answer of its own cannot be refused. */
    private void overflow(Session session) {
        expel(session, "Too many requests wait for a permission", Map.of());
    }

    private boolean relies(Session session, Use use) {
        return use.action() == UriAction.REGISTER
                ? dealer.registrations().contains(session, use.match(), use.uri())
                : broker.contains(session, use.match(), use.uri());
    }

    /** YIELD. */
    public void yield(Session session, Yield answer) {
        dealer.yield(session, answer);
    }

    /** ERROR, for an invocation. */
    public void error(Session session, WampMessage.Error answer) {
        dealer.error(session, answer);
    }

    /** Answers a request of the given type with ERROR, because its URI is invalid. */
    public static void refuseUri(Session session, int requestType, long request, String uri) {
        session.send(ErrorMapper.error(
                requestType, request, new WampErrorException(Uri.INVALID_URI, "Invalid URI: " + uri)));
    }
}
