package veche;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import veche.dialect.stream.RoomStreams;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.UriPolicy;
import veche.lab.Lab;
import veche.room.RoomPolicy;
import veche.room.RoomSessions;
import veche.room.Rooms;
import veche.socket.Drain;
import veche.socket.Gateway;
import veche.socket.SessionRegistry;
import veche.socket.handshake.HandshakePolicy;
import veche.socket.handshake.OriginPolicy;
import veche.web.AdminAccess;
import veche.web.AdminState;
import veche.web.Health;
import veche.web.Metrics;
import veche.web.PageLimits;
import veche.web.api.Api;

/** Makes the components of the one {@link Wiring} injectable. */
@ApplicationScoped
public class Producers {
    @Produces
    @Singleton
    static Wiring wiring(Instance<Credentials> credentials, Instance<RoomPolicy> rooms, Instance<UriPolicy> uris) {
        Policies.Custom custom = new Policies.Custom(only(rooms), only(uris));
        return new Wiring(
                Settings.from(ConfigProvider.getConfig()), credentials.stream().toList(), custom);
    }

    /** The application's bean, if it has one. */
    private static <T> Optional<T> only(Instance<T> beans) {
        return beans.isUnsatisfied() ? Optional.empty() : Optional.of(beans.get());
    }

    @Produces
    @ApplicationScoped
    static SessionRegistry registry(Wiring wiring) {
        return wiring.registry();
    }

    @Produces
    @Singleton
    static Gateway gateway(Wiring wiring) {
        return wiring.gateway();
    }

    @Produces
    @Singleton
    static RoomStreams streams(Wiring wiring) {
        return wiring.streams();
    }

    @Produces
    @Singleton
    static Drain drain(Wiring wiring) {
        return wiring.drain();
    }

    @Produces
    @Singleton
    static HandshakePolicy policy(Wiring wiring) {
        return wiring.policy();
    }

    @Produces
    @Singleton
    static OriginPolicy origins(Wiring wiring) {
        return wiring.origins();
    }

    @Produces
    @Singleton
    static Rooms rooms(Wiring wiring) {
        return wiring.rooms();
    }

    /** The open sessions, whose end application code may request. */
    @Produces
    @Singleton
    static RoomSessions roomSessions(Wiring wiring) {
        return wiring.rooms().roomSessions();
    }

    /** The WAMP realm for application code. */
    @Produces
    @Singleton
    static Realm realm(Wiring wiring) {
        return wiring.realm();
    }

    @Produces
    @Singleton
    static Lab lab(Wiring wiring) {
        return wiring.lab();
    }

    @Produces
    @Singleton
    static AdminState adminState(Wiring wiring) {
        return wiring.adminState();
    }

    @Produces
    @Singleton
    static AdminAccess adminAccess(Wiring wiring) {
        return wiring.adminAccess();
    }

    @Produces
    @Singleton
    static Metrics metrics(Wiring wiring) {
        return wiring.metrics();
    }

    @Produces
    @Singleton
    static Health health(Wiring wiring) {
        return wiring.health();
    }

    @Produces
    @Singleton
    static Api api(Wiring wiring) {
        return wiring.api();
    }

    @Produces
    @Singleton
    static PageLimits pageLimits(Wiring wiring) {
        return wiring.pageLimits();
    }
}
