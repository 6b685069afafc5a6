package veche.dialect.wamp;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import veche.dialect.Dialect;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.GuestAuthorizer;
import veche.dialect.wamp.auth.PolicyAuthorizer;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.chat.Chat;
import veche.dialect.wamp.cluster.ClusterCalls;
import veche.dialect.wamp.cluster.ClusterEvents;
import veche.dialect.wamp.cluster.ClusterSessions;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.router.Authorizer;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.v1.V1Dialect;
import veche.dialect.wamp.v2.V2Dialect;
import veche.dialect.wamp.v2.V2Settings;
import veche.identity.Tokens;
import veche.limit.ClientMemory;
import veche.room.Rooms;
import veche.room.User;

/** All WAMP versions and serializations over one router, so that their clients share topics, procedures and rooms. */
public final class WampDialects {
    /** The channel of events between nodes. */
    private static final byte EVENTS = 'w';
    /** The channel of the topics with subscribers. */
    private static final byte TOPICS = 't';
    /** The channel of registrations and calls between nodes. */
    private static final byte CALLS = 'c';
    /** The channel of the session meta API between nodes. */
    private static final byte SESSIONS = 'm';

    private final List<Dialect> dialects;
    private final Realm realm;
    private final Router router;
    private final ScheduledExecutorService scheduler;
    private final Executor application;

    private WampDialects(
            List<Dialect> dialects,
            Realm realm,
            Router router,
            ScheduledExecutorService scheduler,
            Executor application) {
        this.dialects = List.copyOf(dialects);
        this.realm = realm;
        this.router = router;
        this.scheduler = scheduler;
        this.application = application;
    }

    /**
     * Creates the router, the WAMP dialects and the realm.
     *
     * @param scheduler runs timeouts and publications that were deferred until the log responded; never blocked; not
     *     shut down by this class
     * @param application runs searches, and listeners and procedures of application code; tasks may block
     * @param authenticators the authentication methods offered to v2 clients; see
     *     {@link veche.dialect.wamp.auth.Anonymous}
     * @param tokens verifies the tokens that replace those of open sessions
     * @param policy decides which URIs users may use
     * @param memory accounts what is held on behalf of clients
     */
    public static WampDialects of(
            Rooms rooms,
            WampSettings settings,
            ScheduledExecutorService scheduler,
            Executor application,
            List<Authenticator> authenticators,
            Tokens tokens,
            UriPolicy policy,
            ClientMemory memory) {
        AtomicReference<WampDialects> created = new AtomicReference<>();
        Format parcels = parcelFormat(settings.reading());
        Router router = Chat.router(
                rooms,
                scheduler,
                application,
                new PolicyAuthorizer(
                        new GuestAuthorizer(settings.guests()),
                        policy,
                        settings.authorizer().map(dynamic -> authorizer(settings, dynamic, created))),
                settings.limits(),
                settings.chat(),
                settings.administrators(),
                tokens,
                memory,
                new ClusterSessions(rooms.channel(SESSIONS), parcels, scheduler));
        Formats formats = new Formats(settings.reading());
        ClusterEvents.connect(rooms.channel(EVENTS), rooms.channel(TOPICS), router.broker(), parcels, scheduler);
        ClusterCalls.connect(rooms.channel(CALLS), rooms.claims(), router.remoteCalls(), parcels);
        V2Settings v2 = new V2Settings(
                settings.realm(),
                settings.strictUris(),
                settings.strictIds(),
                settings.helloTimeout(),
                settings.goodbyeTimeout());
        WampDialects dialects = new WampDialects(
                List.of(new V1Dialect(router, formats), new V2Dialect(router, v2, formats, authenticators, scheduler)),
                new LocalRealm(router, rooms, application),
                router,
                scheduler,
                application);
        created.set(dialects);
        return dialects;
    }

    /** Parcels contain what was within the limits of clients, and a few enclosing levels and elements. */
    private static Format parcelFormat(DecodingLimits clients) {
        return new Formats(new DecodingLimits(clients.depth() + 8, clients.digits(), Integer.MAX_VALUE)).cbor();
    }

    private static Authorizer authorizer(
            WampSettings settings, AuthorizerSettings dynamic, AtomicReference<WampDialects> dialects) {
        return new AuthorizerProcedure(
                settings.administrators(),
                args -> Objects.requireNonNull(dialects.get(), "created before the first session")
                        .ask(dynamic.procedure(), args, dynamic.timeout()),
                dynamic.ttl(),
                Clock.systemUTC());
    }

    /** The dialects to offer during the opening handshake. */
    public List<Dialect> dialects() {
        return dialects;
    }

    /** The realm for application code, injected by {@code @Inject Realm}. */
    public Realm realm() {
        return realm;
    }

    /**
     * Calls a procedure on behalf of a client of another subprotocol. The stage fails like that of {@link Realm#call},
     * or with a {@link veche.room.RefusedException} if the user is banned.
     */
    public CompletionStage<Realm.Arguments> call(User caller, String procedure, List<?> args, Map<String, ?> kwargs) {
        return call(caller, "", SingleCallSession.call(procedure, args, kwargs));
    }

    private CompletableFuture<Realm.Arguments> call(User caller, String address, Call call) {
        return SingleCallSession.of(router, application, caller, address, session -> router.call(session, call));
    }

    /**
     * Calls a procedure on behalf of a client of another protocol, as {@link #call}, and abandons the call after a time
     * limit: the stage then fails with {@code wamp.error.timeout}.
     *
     * @param address the IP address of the client
     */
    public CompletionStage<Realm.Arguments> call(
            User caller, String address, String procedure, List<?> args, Map<String, ?> kwargs, Duration limit) {
        return limited(call(caller, address, SingleCallSession.call(procedure, args, kwargs)), limit);
    }

    /**
     * Publishes an event on behalf of a client of another protocol. The stage fails like that of {@link #call}.
     *
     * @param address the IP address of the client
     */
    public CompletionStage<Realm.Arguments> publish(
            User publisher, String address, String topic, List<?> args, Map<String, ?> kwargs, Duration limit) {
        return limited(
                SingleCallSession.of(
                        router,
                        application,
                        publisher,
                        address,
                        session -> router.publish(session, SingleCallSession.publication(topic, args, kwargs))),
                limit);
    }

    /**
     * Calls a procedure on behalf of the server, and abandons the call after a time limit: the stage then fails with
     * {@code wamp.error.timeout}, otherwise as that of {@link Realm#call}. It completes on the application executor.
     */
    public CompletionStage<Realm.Arguments> ask(String procedure, List<?> args, Duration limit) {
        return limited(call(LocalRealm.USER, "", SingleCallSession.call(procedure, args, Map.of())), limit);
    }

    private CompletionStage<Realm.Arguments> limited(CompletableFuture<Realm.Arguments> answer, Duration limit) {
        Runnable expiry = () -> answer.completeExceptionally(
                new RealmException(Uri.TIMEOUT, "No answer within " + limit.toMillis() + " ms"));
        Future<?> deadline =
                scheduler.schedule(() -> application.execute(expiry), limit.toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete((arguments, failure) -> deadline.cancel(false));
        return answer;
    }
}
