package veche.socket.handshake;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.HandshakeInfo;
import veche.identity.Identification;
import veche.identity.InvalidTokenException;
import veche.limit.FailedLogins;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.User;
import veche.socket.container.DeflateNegotiation;

/**
 * Decides whether an opening handshake (RFC 6455 §4.2.1) is accepted. The filter applies it in the same way on every
 * server; the configurator repeats the origin check. Immutable.
 */
public final class HandshakePolicy {
    private static final String AUTHORIZATION = "authorization";
    private static final String COOKIE = "cookie";

    private final Supplier<Optional<Rejection>> availability;
    private final List<AddressCheck> addressChecks;
    private final HostPolicy hosts;
    private final OriginPolicy origins;
    private final TrustedProxies proxies;
    private final Identification identification;
    private final FailedLogins failedLogins;
    private final Subprotocols subprotocols;
    private final List<SubprotocolCheck> subprotocolChecks;
    private final List<ClientCheck> clientChecks;
    private final List<String> roles;
    private final Optional<DeflateNegotiation> deflate;

    /**
     * Creates a policy that applies these checks in this order.
     *
     * @param availability the response to every handshake while the server accepts none, otherwise empty
     * @param addressChecks whether a client may connect from its address
     * @param hosts the host names that clients may use; others are answered 421 (RFC 9110 §15.5.20)
     * @param origins the pages that may connect
     * @param failedLogins limits the invalid tokens of an address
     * @param subprotocols selects the subprotocol
     * @param subprotocolChecks additional requirements of individual subprotocols
     * @param clientChecks whether an identified client may connect
     * @param roles the container's roles that the application uses
     * @param deflate negotiates permessage-deflate (RFC 7692); empty if it is disabled
     */
    public HandshakePolicy(
            Supplier<Optional<Rejection>> availability,
            List<AddressCheck> addressChecks,
            HostPolicy hosts,
            OriginPolicy origins,
            TrustedProxies proxies,
            Identification identification,
            FailedLogins failedLogins,
            Subprotocols subprotocols,
            List<SubprotocolCheck> subprotocolChecks,
            List<ClientCheck> clientChecks,
            Set<String> roles,
            Optional<DeflateNegotiation> deflate) {
        this.availability = availability;
        this.addressChecks = List.copyOf(addressChecks);
        this.hosts = hosts;
        this.origins = origins;
        this.proxies = proxies;
        this.identification = identification;
        this.failedLogins = failedLogins;
        this.subprotocols = subprotocols;
        this.subprotocolChecks = List.copyOf(subprotocolChecks);
        this.clientChecks = List.copyOf(clientChecks);
        this.roles = List.copyOf(roles);
        this.deflate = deflate;
    }

    /**
     * Admits an HTTP request that follows a room without WebSocket, by the same checks as an opening handshake. Its
     * subprotocol is empty.
     *
     * @throws HandshakeRejectedException if it is refused
     */
    public HandshakeInfo admit(HttpServletRequest request) throws HandshakeRejectedException {
        return admit(request, "");
    }

    /**
     * As {@link #admit(HttpServletRequest)}, for a connection that uses a subprotocol without WebSocket.
     *
     * @throws HandshakeRejectedException if it is refused, or the subprotocol is not supported
     */
    public HandshakeInfo admitWith(HttpServletRequest request, String subprotocol) throws HandshakeRejectedException {
        if (subprotocols.select(List.of(subprotocol)).isEmpty()) {
            throw new HandshakeRejectedException(400, "The subprotocol is not supported", Map.of());
        }
        return admit(request, subprotocol);
    }

    private HandshakeInfo admit(HttpServletRequest request, String subprotocol) throws HandshakeRejectedException {
        HandshakeRequest read = HandshakeRequest.of(request, roles);
        checkAddress(read, addressChecks);
        String own = checkOrigin(request, read);
        if (!subprotocol.isEmpty()) {
            checkSubprotocol(subprotocol, read);
        }
        HandshakeInfo handshake = handshake(read, own, client(read), subprotocol);
        checkClient(handshake);
        return handshake;
    }

    /**
     * Checks the host and the origin of an HTTP request.
     *
     * @throws HandshakeRejectedException if pages of that origin may not use this server
     */
    public void checkOrigin(HttpServletRequest request) throws HandshakeRejectedException {
        checkOrigin(request, HandshakeRequest.of(request, roles));
    }

    private String checkOrigin(HttpServletRequest request, HandshakeRequest read) throws HandshakeRejectedException {
        UpgradeRequest.checkHosts(Collections.list(request.getHeaders("Host")));
        String own = ownOrigin(read);
        checkOrigin(read, own);
        return own;
    }

    private void checkSubprotocol(String subprotocol, HandshakeRequest request) throws HandshakeRejectedException {
        for (SubprotocolCheck check : subprotocolChecks) {
            throwIfPresent(check.check(subprotocol, request.headers()));
        }
    }

    /**
     * Admits a request of the HTTP API by the checks of a handshake that precede the client's identity: of the
     * availability, the address, the host and the origin.
     *
     * @param checks of the address, in place of those of handshakes
     */
    public ApiClient admit(HttpServletRequest servletRequest, List<AddressCheck> checks)
            throws HandshakeRejectedException {
        HandshakeRequest request = HandshakeRequest.of(servletRequest, roles);
        checkAddress(request, checks);
        checkOrigin(request, ownOrigin(request));
        return new ApiClient(
                client(request),
                new Identification.Presented(
                        request.principal(),
                        request.roles(),
                        request.headers().get(AUTHORIZATION),
                        request.headers().get(COOKIE),
                        Map.of(),
                        request.languages().get(0)));
    }

    /** The user of a token or of the container's login; a guest without either. */
    public User user(ApiClient client) throws HandshakeRejectedException {
        return identified(() -> user(client.address(), client.presented()));
    }

    /** The limit of the failed logins of an address. */
    public FailedLogins failedLogins() {
        return failedLogins;
    }

    private void checkAddress(HandshakeRequest request, List<AddressCheck> checks) throws HandshakeRejectedException {
        throwIfPresent(availability.get());
        for (AddressCheck check : checks) {
            throwIfPresent(check.check(client(request)));
        }
    }

    private void checkOrigin(HandshakeRequest request, String own) throws HandshakeRejectedException {
        String origin = request.headers().get("origin");
        if (!origins.admits(origin, own)) {
            throw new HandshakeRejectedException(
                    403, "Origin " + origin + " is not allowed; see veche.allowed-origins", Map.of());
        }
    }

    private void checkClient(HandshakeInfo handshake) throws HandshakeRejectedException {
        for (ClientCheck check : clientChecks) {
            throwIfPresent(check.check(handshake));
        }
    }

    Handshake admit(HandshakeRequest request) throws HandshakeRejectedException {
        checkAddress(request, addressChecks);
        UpgradeRequest.check(request);
        String version = request.headers().get("sec-websocket-version");
        if (!"13".equals(version)) {
            throw new HandshakeRejectedException(
                    426, "This server supports WebSocket version 13", Map.of("Sec-WebSocket-Version", "13"));
        }
        String own = ownOrigin(request);
        checkOrigin(request, own);
        String subprotocol = subprotocols
                .select(request.offered())
                .orElseThrow(() ->
                        new HandshakeRejectedException(400, "None of the offered subprotocols is supported", Map.of()));
        checkSubprotocol(subprotocol, request);
        HandshakeInfo handshake = handshake(request, own, client(request), subprotocol);
        checkClient(handshake);
        return new Handshake(handshake, own, origins, deflate);
    }

    private static void throwIfPresent(Optional<Rejection> rejection) throws HandshakeRejectedException {
        if (rejection.isPresent()) {
            throw new HandshakeRejectedException(rejection.get());
        }
    }

    /** The container's roles that the application uses. */
    List<String> roles() {
        return roles;
    }

    /** The client's IP address, as forwarded by trusted proxies. */
    String client(HandshakeRequest request) {
        return proxies.client(request.peer(), request.headers().get("x-forwarded-for"));
    }

    /** The URI by which the client addresses the endpoint, as forwarded by trusted proxies. */
    URI endpoint(HandshakeRequest request) throws HandshakeRejectedException {
        return endpoint(request, ownOrigin(request));
    }

    private static URI endpoint(HandshakeRequest request, String own) throws HandshakeRejectedException {
        try {
            return new URI("ws" + own.substring("http".length()) + request.path());
        } catch (URISyntaxException e) {
            throw new HandshakeRejectedException(400, "The request target is malformed", Map.of());
        }
    }

    private HandshakeInfo handshake(HandshakeRequest request, String own, String address, String subprotocol)
            throws HandshakeRejectedException {
        return identified(() -> {
            Map<String, String> parameters = QueryString.parameters(request.query());
            Optional.ofNullable(parameters.get("room")).ifPresent(RoomName::new);
            User user = user(
                    address,
                    new Identification.Presented(
                            request.principal(),
                            request.roles(),
                            request.headers().get(AUTHORIZATION),
                            request.headers().get(COOKIE),
                            parameters,
                            request.languages().get(0)));
            return new HandshakeInfo(
                    subprotocol,
                    user,
                    endpoint(request, own),
                    without(parameters, Identification.PARAMETER),
                    without(without(request.headers(), AUTHORIZATION), COOKIE),
                    address,
                    request.languages());
        });
    }

    /** Identifies a client. */
    private interface Identifying<T> {
        T identify() throws HandshakeRejectedException;
    }

    private static <T> T identified(Identifying<T> identifying) throws HandshakeRejectedException {
        try {
            return identifying.identify();
        } catch (InvalidTokenException e) {
            throw new HandshakeRejectedException(
                    401, Objects.toString(e.getMessage()), Map.of("WWW-Authenticate", challenge(e)));
        } catch (RefusedException | Identification.InvalidIdentityException | IllegalArgumentException e) {
            throw new HandshakeRejectedException(400, Objects.toString(e.getMessage()), Map.of());
        }
    }

    private User user(String address, Identification.Presented presented) throws HandshakeRejectedException {
        if (!identification.hasToken(presented)) {
            return identification.user(presented);
        }
        throwIfPresent(failedLogins.begin(address).map(wait -> Rejection.tooMany(FailedLogins.REFUSAL, wait)));
        try {
            User user = identification.user(presented);
            failedLogins.release(address);
            return user;
        } catch (InvalidTokenException e) {
            if (e.expired()) {
                failedLogins.release(address);
            }
            throw e;
        } catch (Identification.InvalidIdentityException malformed) {
            failedLogins.release(address); // no login: the request is malformed
            throw malformed;
        }
    }

    /** The challenge of RFC 6750 §3. The description must not contain quotes, backslashes or non-ASCII characters. */
    private static String challenge(InvalidTokenException bad) {
        return Rejection.INVALID_TOKEN + ", error_description=\""
                + Objects.toString(bad.getMessage()).replaceAll("[^ -~]|[\"\\\\]", "?") + "\"";
    }

    /** Removes credentials, which must not be passed on. */
    private static Map<String, String> without(Map<String, String> entries, String secret) {
        Map<String, String> others = new HashMap<>(entries);
        others.remove(secret);
        return others;
    }

    private String ownOrigin(HandshakeRequest request) throws HandshakeRejectedException {
        boolean forwarded = proxies.trusts(request.peer());
        String scheme = forwarded
                ? first(request.headers().get("x-forwarded-proto")).orElse(request.scheme())
                : request.scheme();
        String host =
                forwarded ? first(request.headers().get("x-forwarded-host")).orElse(request.host()) : request.host();
        if (host == null || !scheme.matches("https?|wss?") || !host.matches("[A-Za-z0-9._~:\\[\\]-]+")) {
            throw new HandshakeRejectedException(400, "Host is missing or malformed", Map.of());
        }
        if (!hosts.admits(host)) {
            throw new HandshakeRejectedException(
                    421, "This server does not answer to the host " + host + "; see veche.hosts", Map.of());
        }
        return scheme.replaceFirst("^ws", "http") + "://" + host;
    }

    private static Optional<String> first(@Nullable String list) {
        return Optional.ofNullable(list).map(all -> all.split(",", 2)[0].trim()).filter(one -> !one.isEmpty());
    }
}
