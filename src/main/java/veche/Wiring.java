package veche;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import veche.delivery.Fanout;
import veche.dialect.wamp.Realm;
import veche.identity.Identification;
import veche.identity.Tokens;
import veche.lab.Lab;
import veche.room.MessageLog;
import veche.room.Rooms;
import veche.socket.Drain;
import veche.socket.Gateway;
import veche.socket.Heartbeat;
import veche.socket.SessionRegistry;
import veche.socket.container.DeflateNegotiation;
import veche.socket.handshake.HandshakePolicy;
import veche.socket.handshake.OriginPolicy;
import veche.socket.handshake.TrustedProxies;
import veche.web.AdminAccess;
import veche.web.AdminState;
import veche.web.Metrics;
import veche.web.PageLimits;

/** Creates all components with {@code new}, starts them, and stops them in reverse order. */
@ApplicationScoped
public class Wiring {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());
    private static final int APPLICATION_THREADS = 16;

    /** Created here: an injected instance is a proxy, which fails once CDI has ended, while connections still close. */
    private final SessionRegistry registry = new SessionRegistry();

    private MessageLog log;
    private Rooms rooms;
    private Fanout fanout;
    private ScheduledThreadPoolExecutor timer;
    private ThreadPoolExecutor applications;
    private Realm realm;
    private Maintenance maintenance;
    private Drain drain;
    private Gateway gateway;
    private HandshakePolicy policy;
    private Lab lab;
    private OriginPolicy origins;
    private Metrics metrics;
    private AdminState adminState;
    private AdminAccess adminAccess;
    private PageLimits pageLimits;

    @PostConstruct
    void build() {
        Settings settings = Settings.from(ConfigProvider.getConfig());
        log = settings.log().open();
        rooms = new Rooms(log, settings.recent(), settings.moderation().permissions(), Clock.systemUTC());
        rooms.moderation().start().toCompletableFuture().join();
        fanout = new Fanout(rooms, settings.limits(), settings.workersOrCores());
        // Discarding is safe: the timer is shut down after all connections have been closed.
        timer = new ScheduledThreadPoolExecutor(1, Wiring::daemon, new ThreadPoolExecutor.DiscardPolicy());
        maintenance = new Maintenance(rooms, settings.moderation(), timer);
        applications = applications();
        Tokens tokens = new Tokens(settings.tokens(), applications);
        Dialects dialects = new Dialects(rooms, settings, tokens, timer, applications, fanout.executor());
        realm = dialects.realm();
        gateway = new Gateway(registry, fanout, dialects.all());
        drain = new Drain(registry, fanout, settings.shutdownSpread());
        origins = new OriginPolicy(settings.allowedOrigins());
        if (origins.open()) {
            LOG.log(Level.WARNING, "veche.allowed-origins=* allows every website to connect on behalf of its users");
        }
        Identification identification = new Identification(tokens);
        policy = new HandshakePolicy(
                drain::rejection,
                origins,
                new TrustedProxies(settings.trustedProxies()),
                identification,
                gateway::select,
                List.of(Dialects::admitSoap),
                List.of(new BanCheck(rooms)::check),
                roles(settings),
                settings.deflate() ? Optional.of(new DeflateNegotiation(gateway.maxMessageBytes())) : Optional.empty());
        pageLimits =
                new PageLimits(settings.plainMaxCharacters(), settings.limits().maxBinaryBytes());
        lab = new Lab(settings.lab(), fanout.executor());
        metrics = new Metrics(registry, rooms, fanout.traffic(), settings.metrics());
        adminState = new AdminState(registry, rooms, fanout.traffic(), metrics);
        adminAccess = new AdminAccess(identification, rooms, settings.wamp().realm(), settings.adminMaxListed());
    }

    /** The container roles that this application evaluates. */
    private static Set<String> roles(Settings settings) {
        Set<String> roles = new HashSet<>(settings.wamp().administrators());
        roles.addAll(settings.moderation().permissions().moderators());
        return roles;
    }

    /** Creates the executor for application code, which may block. */
    private static ThreadPoolExecutor applications() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                APPLICATION_THREADS,
                APPLICATION_THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                Wiring::daemon,
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "veche-dialects");
        thread.setDaemon(true);
        thread.setContextClassLoader(Wiring.class.getClassLoader());
        return thread;
    }

    /** Starts all components; the returned task stops them without CDI. */
    Runnable start() {
        fanout.start();
        new Heartbeat(registry, fanout).start();
        maintenance.start();
        return this::stop;
    }

    private void stop() {
        drain.closeAll();
        fanout.close();
        timer.shutdownNow();
        applications.shutdownNow();
        maintenance.flush();
        log.close();
        metrics.close();
    }

    @Produces
    @ApplicationScoped
    SessionRegistry registry() {
        return registry;
    }

    @Produces
    @Singleton
    Gateway gateway() {
        return gateway;
    }

    @Produces
    @Singleton
    Drain drain() {
        return drain;
    }

    @Produces
    @Singleton
    HandshakePolicy policy() {
        return policy;
    }

    @Produces
    @Singleton
    OriginPolicy origins() {
        return origins;
    }

    @Produces
    @Singleton
    Rooms rooms() {
        return rooms;
    }

    /** The WAMP realm for application code. */
    @Produces
    @Singleton
    Realm realm() {
        return realm;
    }

    @Produces
    @Singleton
    Lab lab() {
        return lab;
    }

    @Produces
    @Singleton
    AdminState adminState() {
        return adminState;
    }

    @Produces
    @Singleton
    AdminAccess adminAccess() {
        return adminAccess;
    }

    @Produces
    @Singleton
    Metrics metrics() {
        return metrics;
    }

    @Produces
    @Singleton
    PageLimits pageLimits() {
        return pageLimits;
    }
}
