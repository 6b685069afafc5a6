package veche.socket;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.dialect.HandshakeInfo;
import veche.identity.Identification;
import veche.identity.InvalidTokenException;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.User;

/**
 * What an opening handshake (RFC 6455 §4.2.1) must be to pass. The filter asks it on every server alike, the
 * configurator asks its origin rule once more. Immutable.
 */
public final class HandshakePolicy {
    private static final String AUTHORIZATION = "authorization";

    private final OriginPolicy origins;
    private final TrustedProxies proxies;
    private final Identification identification;
    private final Gateway gateway;
    private final List<Admission> admissions;
    private final List<Doorkeeper> doorkeepers;
    private final List<String> roles;
    private final Optional<DeflateNegotiation> deflate;

    /**
     * Asks all of these.
     *
     * @param admissions what single dialects ask of a handshake
     * @param doorkeepers who looks at whoever wants to come in, once it is known who that is
     * @param roles the container's roles that count here
     * @param deflate whether permessage-deflate (RFC 7692) may be agreed on
     */
    public HandshakePolicy(
            OriginPolicy origins,
            TrustedProxies proxies,
            Identification identification,
            Gateway gateway,
            List<Admission> admissions,
            List<Doorkeeper> doorkeepers,
            Set<String> roles,
            boolean deflate) {
        this.origins = origins;
        this.proxies = proxies;
        this.identification = identification;
        this.gateway = gateway;
        this.admissions = List.copyOf(admissions);
        this.doorkeepers = List.copyOf(doorkeepers);
        this.roles = List.copyOf(roles);
        this.deflate = deflate ? Optional.of(new DeflateNegotiation(gateway.maxMessageBytes())) : Optional.empty();
    }

    /** A dialect's own demand on the handshake. */
    @FunctionalInterface
    public interface Admission {
        /** The refusal, or empty to admit. */
        Optional<Rejection> judge(String subprotocol, Map<String, String> headers);
    }

    /** Looks at a whole opening, and at whose it is. */
    @FunctionalInterface
    public interface Doorkeeper {
        /** The refusal, or empty to admit. */
        Optional<Rejection> judge(HandshakeInfo handshake);
    }

    /** An answer before the upgrade. */
    public record Rejection(int status, String message, Map<String, String> headers) {}

    /** Ends a handshake with its answer; carries no stack trace. */
    static final class HandshakeRejectedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Rejection rejection;

        HandshakeRejectedException(int status, String message, Map<String, String> headers) {
            this(new Rejection(status, message, headers));
        }

        HandshakeRejectedException(Rejection rejection) {
            super(rejection.message(), null, false, false);
            this.rejection = rejection;
        }

        Rejection rejection() {
            return rejection;
        }
    }

    /**
     * The request's parts that count.
     *
     * @param method the HTTP method
     * @param offered the subprotocols in the client's order
     * @param headers by lower-case name
     * @param principal the container's user name, or null
     * @param roles those of the principal's roles that count here
     */
    record Request(
            String method,
            String scheme,
            String host,
            String path,
            String query,
            String peer,
            List<String> offered,
            Map<String, String> headers,
            String principal,
            List<String> roles,
            List<Locale> languages) {}

    Handshake admit(Request request) throws HandshakeRejectedException {
        UpgradeRequest.check(request);
        String version = request.headers().get("sec-websocket-version");
        if (!"13".equals(version)) {
            throw new HandshakeRejectedException(
                    426, "This server speaks WebSocket version 13", Map.of("Sec-WebSocket-Version", "13"));
        }
        String own = ownOrigin(request);
        String origin = request.headers().get("origin");
        if (!origins.admits(origin, own)) {
            throw new HandshakeRejectedException(
                    403, "Origin " + origin + " is not this server's; veche.allowed-origins can list it", Map.of());
        }
        String subprotocol = gateway.choose(request.offered())
                .orElseThrow(() -> new HandshakeRejectedException(
                        400, "None of the offered subprotocols is spoken here", Map.of()));
        for (Admission admission : admissions) {
            Optional<Rejection> rejection = admission.judge(subprotocol, request.headers());
            if (rejection.isPresent()) {
                throw new HandshakeRejectedException(rejection.get());
            }
        }
        HandshakeInfo handshake = handshake(request, own, subprotocol);
        for (Doorkeeper doorkeeper : doorkeepers) {
            Optional<Rejection> rejection = doorkeeper.judge(handshake);
            if (rejection.isPresent()) {
                throw new HandshakeRejectedException(rejection.get());
            }
        }
        return new Handshake(handshake, own, origins, deflate);
    }

    /** The container's roles that count: which of them a principal has, its request tells. */
    List<String> roles() {
        return roles;
    }

    /** The client's address, as trusted proxies tell it. */
    String client(Request request) {
        return proxies.client(request.peer(), request.headers().get("x-forwarded-for"));
    }

    /** The endpoint as that client addresses it, trusted proxies taken into account. */
    URI endpoint(Request request) throws HandshakeRejectedException {
        return endpoint(request, ownOrigin(request));
    }

    private static URI endpoint(Request request, String own) {
        return URI.create("ws" + own.substring("http".length()) + request.path());
    }

    private HandshakeInfo handshake(Request request, String own, String subprotocol) throws HandshakeRejectedException {
        try {
            Map<String, String> parameters = parameters(request.query());
            Optional.ofNullable(parameters.get("room")).ifPresent(RoomName::new);
            User user = identification.user(new Identification.Presented(
                    request.principal(),
                    request.roles(),
                    request.headers().get(AUTHORIZATION),
                    parameters,
                    request.languages().get(0)));
            return new HandshakeInfo(
                    subprotocol,
                    user,
                    endpoint(request, own),
                    without(parameters, Identification.PARAMETER),
                    without(request.headers(), AUTHORIZATION),
                    client(request),
                    request.languages());
        } catch (InvalidTokenException e) {
            throw new HandshakeRejectedException(401, e.getMessage(), Map.of("WWW-Authenticate", challenge(e)));
        } catch (RefusedException | Identification.InvalidIdentityException | IllegalArgumentException e) {
            throw new HandshakeRejectedException(400, e.getMessage(), Map.of());
        }
    }

    /** RFC 6750 §3. A quoted string of a header has no quotes, backslashes and nothing beyond ASCII. */
    private static String challenge(InvalidTokenException bad) {
        return "Bearer realm=\"veche\", error=\"invalid_token\", error_description=\""
                + bad.getMessage().replaceAll("[^ -~]|[\"\\\\]", "?") + "\"";
    }

    /** Proofs of identity go no further than this. */
    private static Map<String, String> without(Map<String, String> entries, String secret) {
        Map<String, String> others = new HashMap<>(entries);
        others.remove(secret);
        return others;
    }

    private String ownOrigin(Request request) throws HandshakeRejectedException {
        boolean forwarded = proxies.trusts(request.peer());
        String scheme = forwarded
                ? first(request.headers().get("x-forwarded-proto")).orElse(request.scheme())
                : request.scheme();
        String host =
                forwarded ? first(request.headers().get("x-forwarded-host")).orElse(request.host()) : request.host();
        if (host == null || !scheme.matches("https?|wss?") || !host.matches("[A-Za-z0-9._~:\\[\\]-]+")) {
            throw new HandshakeRejectedException(400, "Host is missing or malformed", Map.of());
        }
        return scheme.replaceFirst("^ws", "http") + "://" + host;
    }

    private static Optional<String> first(String list) {
        return Optional.ofNullable(list).map(all -> all.split(",", 2)[0].trim()).filter(one -> !one.isEmpty());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query != null) {
            Arrays.stream(query.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> parameters.putIfAbsent(decode(pair[0]), pair.length == 1 ? "" : decode(pair[1])));
        }
        return parameters;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
