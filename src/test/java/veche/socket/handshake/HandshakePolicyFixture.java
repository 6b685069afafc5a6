package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.dialect.HandshakeInfo;
import veche.identity.Identification;
import veche.limit.FailedLogins;
import veche.limit.Refusals;
import veche.socket.container.DeflateNegotiation;

/** Applies a policy to handshakes that a test varies. */
abstract class HandshakePolicyFixture {
    private static final Set<String> SUPPORTED = Set.of("soap", "wamp", "wamp.2.json");

    private static Optional<String> select(List<String> offered) {
        return offered.isEmpty()
                ? Optional.of("")
                : offered.stream().filter(SUPPORTED::contains).findFirst();
    }

    final Map<String, String> headers = new HashMap<>(Map.of(
            "connection", "keep-alive, Upgrade",
            "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==",
            "sec-websocket-version", "13"));
    String method = "GET";
    List<SubprotocolCheck> subprotocolChecks = List.of();
    Optional<Rejection> unavailable = Optional.empty();
    Identification identification = new Identification();
    FailedLogins failedLogins = new FailedLogins(Optional.empty(), Optional::of, new Refusals());
    List<ClientCheck> clientChecks = List.of();
    List<AddressCheck> addressChecks = List.of();
    Set<String> hosts = Set.of();
    String host = "site.com:8080";

    HandshakePolicy policy() {
        return new HandshakePolicy(
                () -> unavailable,
                addressChecks,
                new HostPolicy(hosts),
                new OriginPolicy(Set.of("https://friend.example")),
                new TrustedProxies(List.of("10.0.0.0/8")),
                identification,
                failedLogins,
                HandshakePolicyFixture::select,
                subprotocolChecks,
                clientChecks,
                Set.of("admin"),
                Optional.of(new DeflateNegotiation(1 << 20)));
    }

    HandshakeRequest request(String peer, String query, String... offered) {
        return new HandshakeRequest(
                method,
                "http",
                host,
                "/chat",
                query,
                peer,
                List.of(offered),
                headers,
                null,
                List.of(),
                List.of(Locale.ENGLISH));
    }

    HandshakeRequest request() {
        return request("203.0.113.7", null);
    }

    HandshakeInfo admitted(HandshakeRequest request) throws HandshakeRejectedException {
        return policy().admit(request).handshake();
    }

    Rejection rejected(HandshakeRequest request) {
        return assertThrows(HandshakeRejectedException.class, () -> policy().admit(request))
                .rejection();
    }
}
