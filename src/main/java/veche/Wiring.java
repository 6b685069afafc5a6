package veche;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import veche.dialect.Dialect;
import veche.dialect.plain.PlainDialect;
import veche.identity.Identification;
import veche.room.MessageLog;
import veche.room.Rooms;
import veche.socket.Drain;
import veche.socket.Fanout;
import veche.socket.Gateway;
import veche.socket.HandshakePolicy;
import veche.socket.Heartbeat;
import veche.socket.OriginPolicy;
import veche.socket.SessionRegistry;
import veche.socket.TrustedProxies;

/** Builds everything with {@code new}, starts it, and stops it in reverse order. */
@ApplicationScoped
public class Wiring {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    @Inject
    private SessionRegistry registry;

    private MessageLog log;
    private Rooms rooms;
    private Fanout fanout;
    private Drain drain;
    private Gateway gateway;
    private HandshakePolicy policy;

    @PostConstruct
    void build() {
        Settings settings = Settings.from(ConfigProvider.getConfig());
        log = settings.log().open();
        rooms = new Rooms(log, settings.recent());
        fanout = new Fanout(rooms, settings.limits(), settings.carriersOrCores());
        List<Dialect> dialects = List.of(new PlainDialect(rooms, settings.plainMaxCharacters()));
        gateway = new Gateway(registry, fanout, dialects);
        drain = new Drain(registry, fanout, settings.shutdownSpread());
        OriginPolicy origins = new OriginPolicy(settings.allowedOrigins());
        if (origins.open()) {
            LOG.log(Level.WARNING, "veche.allowed-origins=* lets every web page on earth speak for its visitors");
        }
        policy = new HandshakePolicy(
                origins,
                new TrustedProxies(settings.trustedProxies()),
                new Identification(),
                gateway,
                List.of(),
                settings.deflate());
    }

    void start() {
        fanout.start();
        new Heartbeat(registry, fanout).start();
    }

    void stop() {
        drain.closeAll();
        fanout.close();
        log.close();
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
    Rooms rooms() {
        return rooms;
    }
}
