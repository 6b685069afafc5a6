package veche;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import veche.delivery.Fanout;
import veche.dialect.CloseCode;
import veche.dialect.soap.SoapLogin;
import veche.dialect.stream.RoomStreams;
import veche.dialect.wamp.AuthorizerSettings;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.ProtectedProcedures;
import veche.identity.GuestNames;
import veche.identity.Identification;
import veche.identity.RegisteredNames;
import veche.identity.Tokens;
import veche.lab.Lab;
import veche.limit.ClientMemory;
import veche.limit.FailedLogins;
import veche.limit.Refusals;
import veche.room.MessageLog;
import veche.room.Permissions;
import veche.room.RoomStateStore.RuleRow;
import veche.room.Rooms;
import veche.room.User;
import veche.socket.ClusterCounts;
import veche.socket.ConnectionQuota;
import veche.socket.Drain;
import veche.socket.Gateway;
import veche.socket.Heartbeat;
import veche.socket.SessionRegistry;
import veche.socket.container.DeflateNegotiation;
import veche.socket.handshake.ClientAddress;
import veche.socket.handshake.ClientCheck;
import veche.socket.handshake.HandshakePolicy;
import veche.socket.handshake.HostPolicy;
import veche.socket.handshake.OriginPolicy;
import veche.socket.handshake.TrustedProxies;
import veche.web.AdminAccess;
import veche.web.AdminState;
import veche.web.ClusterState;
import veche.web.Health;
import veche.web.Metrics;
import veche.web.PageLimits;
import veche.web.api.Api;
import veche.web.api.ApiAuthentication;
import veche.webhook.Webhook;

/** Creates all components with {@code new}, starts them, and stops them in reverse order. */
final class Wiring {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    /** With the age of more than this, a node does not deliver the messages of others. */
    private static final Duration MAX_FEED_AGE = Duration.ofSeconds(10);

    /** The channel of the numbers of connections. */
    private static final byte COUNTS = 'k';

    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(1);

    /** Created here: an injected instance is a proxy, which fails once CDI has ended, while connections still close. */
    private final SessionRegistry registry = new SessionRegistry();

    private final DialectThreads threads = new DialectThreads();
    private final Policies policies;
    private final MessageLog log;
    private final Rooms rooms;
    private final Fanout fanout;
    private final Maintenance maintenance;
    private final Dialects dialects;
    private final Gateway gateway;
    private final RoomStreams streams;
    private final ClusterState cluster;
    private final ClusterCounts counts;
    private final Drain drain;
    private final OriginPolicy origins;
    private final HandshakePolicy policy;
    private final Lab lab;
    private final Metrics metrics;
    private final AdminState adminState;
    private final AdminAccess adminAccess;
    private final PageLimits pageLimits;
    private final Api api;
    private final Health health;
    private final Optional<Webhook> webhook;

    /**
     * Blocks until the log is usable.
     *
     * @param application the application's credential stores
     * @param custom the application's policies
     */
    Wiring(Settings settings, List<Credentials> application, Policies.Custom custom) {
        CredentialStores credentials = new CredentialStores(
                settings.credentials(), application, this::credentialRows, args -> authenticate(settings, args));
        Permissions permissions = settings.moderation().permissions();
        policies = new Policies(settings.policies(), permissions, custom, threads, this::ruleRows);
        log = settings.log().open();
        policies.load();
        Refusals refusals = new Refusals();
        ClientMemory memory = new ClientMemory(settings.clientBytes(), refusals);
        memory.writes(log::pendingBytes);
        rooms = new Rooms(
                log,
                settings.recent(),
                permissions,
                policies.rooms(),
                new UserRates(settings.users(), ClientAddress::limitKey, settings.exemptRoles(), refusals),
                Clock.systemUTC());
        rooms.moderation().rememberRanks(settings.moderation().rankMemory());
        rooms.moderation().start().toCompletableFuture().join();
        rooms.revocations().poll().toCompletableFuture().join();
        fanout = new Fanout(rooms, settings.limits(), settings.workersOrCores(), memory);
        maintenance = new Maintenance(rooms, settings.moderation(), threads.timer());
        Identification identification = new Identification(
                new Tokens(settings.tokens(), threads.applications()),
                settings.tokenSources(),
                guestNames(settings.moderation()));
        FailedLogins failedLogins = new FailedLogins(settings.failedLogins(), ClientAddress::limitKey, refusals);
        credentials.start(maintenance, threads.applications(), rooms.roomSessions());
        dialects = new Dialects(
                rooms,
                settings,
                admitted(new Authenticators(identification, credentials.all(), failedLogins)
                        .offered(settings.credentials().methods())),
                identification,
                soapLogin(identification.tokens(), failedLogins),
                threads.timer(),
                threads.applications(),
                fanout.executor(),
                new ProtectedProcedures(
                        protectedProcedures(settings), settings.wamp().administrators(), policies.uris()),
                memory);
        gateway = new Gateway(registry, fanout, dialects.all(), settings.input(), refusals);
        cluster = new ClusterState(settings.log().limits().cluster().node(), BuildVersion.TEXT, registry, rooms, log);
        streams = new RoomStreams(rooms, settings.longPoll());
        drain = new Drain(registry, fanout, settings.shutdownSpread(), () -> {
            cluster.drain();
            rooms.end(settings.shutdownSpread());
        });
        counts = ClusterCounts.connect(rooms.channel(COUNTS), registry);
        gateway.onInterruption(rooms.roomSessions()::interrupt);
        rooms.delayDepartures(settings.presenceGrace(), maintenance::after);
        rooms.onRestart(this::closeAfterRestart);
        origins = origins(settings);
        ConnectionQuota quota = new ConnectionQuota(registry, settings.connections(), settings.exemptRoles(), refusals);
        policy = new HandshakePolicy(
                drain::rejection,
                List.of(quota::checkAddress),
                new HostPolicy(settings.hosts()),
                origins,
                new TrustedProxies(settings.trustedProxies()),
                identification,
                failedLogins,
                gateway::select,
                List.of(Dialects::admitSoap),
                clientChecks(settings, quota),
                roles(settings),
                settings.deflate() ? Optional.of(new DeflateNegotiation(gateway.maxMessageBytes())) : Optional.empty());
        lab = new Lab(settings.lab(), fanout.executor());
        metrics = new Metrics(registry, rooms, fanout.traffic(), refusals, settings.metrics());
        metrics.bind(memory);
        metrics.bind(log);
        policies.http().ifPresent(site -> new AuthorizerMetrics(site.stats()).bindTo(metrics.registry()));
        Health.Check storage = new Health.Check("storage", () -> !log.space().full(), "accepting");
        List<Health.Check> following = log.following().stream()
                .map(unused -> new Health.Check("feed", this::followsOtherNodes, "following"))
                .toList();
        health = new Health(Stream.of(
                        credentials.checks(), policies.checks(), List.of(storage), following, relay(), foreignOutbox())
                .flatMap(List::stream)
                .toList());
        health.bindTo(metrics.registry());
        webhook = settings.webhook().map(hook -> new Webhook(hook, log, threads.applications()));
        webhook.ifPresent(hook -> new WebhookMetrics(hook.stats()).bindTo(metrics.registry()));
        adminState = new AdminState(registry, rooms, fanout.traffic(), metrics, cluster, webhook.map(Webhook::stats));
        adminAccess = new AdminAccess(identification, rooms, settings.wamp().realm(), settings.adminMaxListed());
        api = new Api(
                rooms,
                new ApiAuthentication(
                        policy,
                        List.of(quota::checkRate),
                        credentials.all(),
                        settings.wamp().realm(),
                        rooms,
                        this::connect),
                settings.api(),
                fanout.executor(),
                memory,
                metrics.registry());
        pageLimits = new PageLimits(
                settings.plainMaxCharacters(),
                settings.limits().maxBinaryBytes(),
                settings.moderation().marksGuests());
    }

    private void closeAfterRestart() {
        registry.all()
                .forEach(handler -> handler.close(CloseCode.TRY_AGAIN_LATER, "The database was restored; reconnect"));
    }

    /** Whether what carries parcels beside the database works; nothing if only the database does. */
    private List<Health.Check> relay() {
        String name = log.backbone().status().relay();
        return name.isEmpty()
                ? List.of()
                : List.of(new Health.Check(
                        "backbone", () -> log.backbone().status().available(), name));
    }

    /** Whether an outbox in another database can be read; nothing if there is none. */
    private List<Health.Check> foreignOutbox() {
        return log.outbox().reachable().isEmpty()
                ? List.of()
                : List.of(new Health.Check(
                        "outbox", () -> log.outbox().reachable().orElse(false), "reachable"));
    }

    private boolean followsOtherNodes() {
        return log.following().stream().allMatch(feed -> feed.age().compareTo(MAX_FEED_AGE) < 0);
    }

    private GuestNames guestNames(ModerationSettings settings) {
        if (!settings.marksGuests()) {
            return GuestNames.ANY;
        }
        RegisteredNames names = new RegisteredNames(log.stateStore(), settings.nameMemory(), Clock.systemUTC());
        names.poll().toCompletableFuture().join();
        rooms.onUser(names::note);
        maintenance.every(settings.poll(), () -> Maintenance.logFailure("Polling names", names.poll()));
        return names;
    }

    /** The site is asked last, about clients that nothing else rejects. */
    private List<ClientCheck> clientChecks(Settings settings, ConnectionQuota quota) {
        List<ClientCheck> checks = new ArrayList<>(List.of(
                new GuestCheck(settings.moderation().permissions())::check,
                new BanCheck(rooms)::check,
                new RevocationCheck(rooms)::check,
                quota::checkUser));
        connectCheck().ifPresent(connect -> checks.add(connect::check));
        return checks;
    }

    private Optional<ConnectCheck> connectCheck() {
        return policies.http()
                .map(site -> new ConnectCheck(site, rooms.moderation().permissions()));
    }

    private CompletionStage<Boolean> connect(User user, String address) {
        return connectCheck()
                .map(check -> check.connect(user, address))
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    private List<Authenticator> admitted(List<Authenticator> logins) {
        return connectCheck()
                .map(check -> logins.stream().map(check::after).toList())
                .orElse(logins);
    }

    private SoapLogin soapLogin(Tokens tokens, FailedLogins failures) {
        return connectCheck()
                .map(check -> new SoapLogin(tokens, failures, check::connect))
                .orElseGet(() -> new SoapLogin(tokens, failures));
    }

    private CompletionStage<List<RuleRow>> ruleRows() {
        return log.stateStore().rules();
    }

    private CompletionStage<Map<String, String>> credentialRows() {
        return log.stateStore().credentials();
    }

    private CompletionStage<Realm.Arguments> authenticate(Settings settings, List<?> args) {
        return dialects.ask(
                settings.credentials().authenticator().orElseThrow(),
                args,
                settings.credentials().authenticatorTimeout());
    }

    private static Set<String> protectedProcedures(Settings settings) {
        return Stream.of(
                        settings.credentials().authenticator(),
                        settings.wamp().authorizer().map(AuthorizerSettings::procedure))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static OriginPolicy origins(Settings settings) {
        OriginPolicy origins = new OriginPolicy(settings.allowedOrigins());
        if (origins.open()) {
            if (!settings.tokenSources().cookie().isEmpty()) {
                throw new IllegalArgumentException(
                        "veche.allowed-origins=* with veche.token.cookie lets any website act on behalf of its visitors");
            }
            LOG.log(Level.WARNING, "veche.allowed-origins=* allows every website to connect on behalf of its users");
        }
        return origins;
    }

    /** The container roles that this application evaluates. */
    private static Set<String> roles(Settings settings) {
        Set<String> roles = new HashSet<>(settings.wamp().administrators());
        roles.addAll(settings.moderation().permissions().moderators());
        roles.addAll(settings.exemptRoles());
        return roles;
    }

    /** Starts all components; the returned task stops them without CDI. */
    Runnable start() {
        fanout.start();
        cluster.start();
        rooms.joinCluster();
        new Heartbeat(registry, fanout).start();
        maintenance.start();
        maintenance.every(COUNT_INTERVAL, counts::report);
        policies.start(rooms, maintenance, threads.applications());
        webhook.ifPresent(Webhook::start);
        return this::stop;
    }

    private void stop() {
        drain.closeAll();
        webhook.ifPresent(Webhook::close);
        fanout.close();
        threads.shutdownNow();
        maintenance.flush();
        log.close();
        metrics.close();
    }

    SessionRegistry registry() {
        return registry;
    }

    Rooms rooms() {
        return rooms;
    }

    Realm realm() {
        return dialects.realm();
    }

    Gateway gateway() {
        return gateway;
    }

    RoomStreams streams() {
        return streams;
    }

    Drain drain() {
        return drain;
    }

    OriginPolicy origins() {
        return origins;
    }

    HandshakePolicy policy() {
        return policy;
    }

    Lab lab() {
        return lab;
    }

    Metrics metrics() {
        return metrics;
    }

    AdminState adminState() {
        return adminState;
    }

    AdminAccess adminAccess() {
        return adminAccess;
    }

    Api api() {
        return api;
    }

    PageLimits pageLimits() {
        return pageLimits;
    }

    Health health() {
        return health;
    }
}
