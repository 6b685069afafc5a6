package veche.socket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.delivery.FakeTransport;
import veche.delivery.FanoutFixture;
import veche.dialect.Dialect;
import veche.dialect.HandshakeInfo;
import veche.dialect.plain.PlainDialect;
import veche.limit.Rate;
import veche.limit.Refusals;
import veche.room.Author;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** Limits of handshakes and connections by address and user. */
class ConnectionQuotaTest {
    private static final String ADDRESS = "203.0.113.7";

    private final FanoutFixture fixture = new FanoutFixture();
    private final SessionRegistry registry = new SessionRegistry();
    private final Dialect dialect = new PlainDialect(fixture.rooms, 50);
    private final Gateway gateway = new Gateway(registry, fixture.fanout, List.of(dialect));
    private final Refusals refusals = new Refusals();

    @AfterEach
    void close() {
        fixture.fanout.close();
    }

    private ConnectionQuota quota(String rate, int perAddress, int perUser) {
        return new ConnectionQuota(
                registry,
                new ConnectionQuota.Limits(Optional.of(Rate.of(rate)), perAddress, perUser),
                Set.of("backend"),
                refusals);
    }

    private static HandshakeInfo handshake(String author, String address, String... roles) {
        return new HandshakeInfo(
                "",
                new User(
                        new Author(author, "Ann"),
                        List.of(roles),
                        Optional.empty(),
                        Optional.empty(),
                        User.Provider.CONTAINER),
                URI.create("ws://site.com/chat"),
                Map.of(),
                Map.of(),
                address,
                List.of(Locale.ENGLISH));
    }

    private ConnectionHandler open(String author, String address) {
        return gateway.open(new FakeTransport(), dialect, handshake(author, address));
    }

    private long refused(String limit) {
        return refusals.counter(limit).sum();
    }

    @Test
    void handshakesAboveTheRateAreAnswered429WithRetryAfter() {
        ConnectionQuota quota = quota("1/h burst 2", 0, 0);
        assertTrue(quota.checkAddress(ADDRESS).isEmpty());
        assertTrue(quota.checkAddress(ADDRESS).isEmpty());
        Rejection rejection = quota.checkAddress(ADDRESS).orElseThrow();
        assertEquals(429, rejection.status());
        assertEquals(3600, Integer.parseInt(rejection.headers().get("Retry-After")), 1);
        assertTrue(quota.checkAddress("203.0.113.8").isEmpty());
        assertEquals(1, refused("handshakes-per-address"));
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        ConnectionQuota quota = quota("1/h burst 1", 0, 0);
        assertTrue(quota.checkAddress("2001:db8:1:2::1").isEmpty());
        assertTrue(quota.checkAddress("2001:db8:1:2::2").isPresent());
        assertTrue(quota.checkAddress("2001:db8:1:3::1").isEmpty());
    }

    @Test
    void anAddressHasAtMostItsNumberOfConnections() {
        ConnectionQuota quota = quota("1000/s", 2, 0);
        ConnectionHandler first = open("guest:1", ADDRESS);
        assertTrue(quota.checkAddress(ADDRESS).isEmpty());
        open("guest:2", ADDRESS);
        assertEquals(429, quota.checkAddress(ADDRESS).orElseThrow().status());
        assertEquals(1, refused("connections-per-address"));
        gateway.closed(first, 1000);
        assertTrue(quota.checkAddress(ADDRESS).isEmpty());
    }

    @Test
    void aUserHasAtMostItsNumberOfConnectionsFromAllAddresses() {
        ConnectionQuota quota = quota("1000/s", 0, 2);
        HandshakeInfo handshake = handshake("user:ann", ADDRESS);
        open("user:ann", ADDRESS);
        ConnectionHandler second = open("user:ann", "203.0.113.8");
        assertEquals(429, quota.checkUser(handshake).orElseThrow().status());
        assertTrue(quota.checkUser(handshake("user:bob", ADDRESS)).isEmpty());
        assertEquals(1, refused("connections-per-user"));
        gateway.closed(second, 1000);
        await().until(() -> quota.checkUser(handshake).isEmpty());
    }

    @Test
    void usersWithAnExemptRoleHaveAnyNumberOfConnections() {
        ConnectionQuota quota = quota("1000/s", 0, 1);
        open("user:shop", ADDRESS);
        assertTrue(quota.checkUser(handshake("user:shop", ADDRESS, "seller")).isPresent());
        assertTrue(quota.checkUser(handshake("user:shop", ADDRESS, "seller", "backend"))
                .isEmpty());
    }

    @Test
    void loopbackAddressesAndLimitsThatAreOffRefuseNobody() {
        ConnectionQuota strict = quota("1/h burst 1", 1, 0);
        ConnectionQuota off =
                new ConnectionQuota(registry, new ConnectionQuota.Limits(Optional.empty(), 0, 0), Set.of(), refusals);
        for (int attempt = 0; attempt < 5; attempt++) {
            open("user:ann", "127.0.0.1");
            assertEquals(Optional.empty(), strict.checkAddress("127.0.0.1"));
            assertEquals(Optional.empty(), off.checkAddress(ADDRESS));
            assertEquals(Optional.empty(), off.checkUser(handshake("user:ann", ADDRESS)));
        }
    }
}
