package veche.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.limit.FailedLogins;
import veche.room.Rooms;
import veche.room.User;
import veche.socket.handshake.AddressCheck;
import veche.socket.handshake.ApiClient;
import veche.socket.handshake.HandshakePolicy;
import veche.socket.handshake.HandshakeRejectedException;

/**
 * Identifies the callers: by a token as in a handshake, by a ticket of the credential store in {@code Authorization:
 * Basic} (RFC 7617), or by the login of the container. Guests are refused. Thread-safe and non-blocking.
 */
public final class ApiAuthentication {
    private static final String BASIC = "Basic ";
    /** As of a token. */
    private static final int MAX_LENGTH = 8_192;

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private final HandshakePolicy policy;
    private final List<AddressCheck> addressChecks;
    private final Optional<Credentials> credentials;
    private final String realm;
    private final Rooms rooms;
    private final BiFunction<User, String, CompletionStage<Boolean>> admission;

    /**
     * @param addressChecks whether a client may make requests from its address
     * @param credentials the credential store, if there is one
     * @param realm the WAMP realm, for the credential store
     * @param admission whether a user may connect from an address
     */
    public ApiAuthentication(
            HandshakePolicy policy,
            List<AddressCheck> addressChecks,
            Optional<Credentials> credentials,
            String realm,
            Rooms rooms,
            BiFunction<User, String, CompletionStage<Boolean>> admission) {
        this.policy = policy;
        this.addressChecks = List.copyOf(addressChecks);
        this.credentials = credentials;
        this.realm = realm;
        this.rooms = rooms;
        this.admission = admission;
    }

    /** The client of a request whose address, host and origin are permitted. */
    ApiClient admit(HttpServletRequest request) throws HandshakeRejectedException {
        ApiClient client = policy.admit(request, addressChecks);
        if (!SAFE_METHODS.contains(request.getMethod())
                && !client.hasAuthorization()
                && request.getHeader("Origin") == null) {
            // Browsers add cookies and logins by themselves; only the origin proves whose page made the request.
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A request without the header field Authorization needs an Origin");
        }
        return client;
    }

    /** The user of a client. The stage fails with what {@link Problems} maps. */
    CompletionStage<User> user(ApiClient client) {
        return identified(client).thenCompose(user -> {
            rooms.revocations().check(user);
            return admission.apply(user, client.address()).thenApply(permitted -> {
                if (!permitted) {
                    throw new ProblemException(ProblemType.FORBIDDEN, "You are not permitted to connect");
                }
                return user;
            });
        });
    }

    private CompletionStage<User> identified(ApiClient client) {
        String authorization = client.presented().authorization();
        if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return ofTicket(
                    client.address(), authorization.substring(BASIC.length()).trim());
        }
        try {
            User user = policy.user(client);
            return user.provider() == User.Provider.GUEST
                    ? CompletableFuture.failedFuture(unauthenticated("A token or a ticket is required"))
                    : CompletableFuture.completedFuture(user);
        } catch (HandshakeRejectedException rejected) {
            return CompletableFuture.failedFuture(rejected);
        }
    }

    private CompletionStage<User> ofTicket(String address, String encoded) {
        String @Nullable [] login = login(encoded);
        if (login == null) {
            return CompletableFuture.failedFuture(unauthenticated("The Basic credentials are malformed"));
        }
        if (credentials.isEmpty()) {
            return CompletableFuture.failedFuture(unauthenticated("This server has no credential store"));
        }
        Optional<Duration> wait = policy.failedLogins().begin(address);
        if (wait.isPresent()) {
            return CompletableFuture.failedFuture(
                    ProblemException.retry(ProblemType.RATE_LIMITED, FailedLogins.REFUSAL, wait.get(), Map.of()));
        }
        return credentials
                .get()
                .verifyTicket(realm, login[0], login[1])
                .whenComplete((proven, failure) -> {
                    if (failure != null || proven.isPresent()) {
                        policy.failedLogins().release(address);
                    }
                })
                .thenApply(proven -> proven.map(Credential::user)
                        .orElseThrow(() -> unauthenticated("The principal or the ticket is wrong")));
    }

    /** The principal and the ticket; null if they are malformed. */
    private static String @Nullable [] login(String encoded) {
        if (encoded.length() > MAX_LENGTH) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 && !parts[0].isEmpty() ? parts : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** Challenges for a token only: browsers would ask for a password. */
    private static ProblemException unauthenticated(String detail) {
        return new ProblemException(
                ProblemType.UNAUTHENTICATED, detail, Map.of(), Map.of("WWW-Authenticate", "Bearer realm=\"veche\""));
    }
}
