package veche.dialect.soap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.HandshakeInfo;
import veche.identity.InvalidTokenException;
import veche.room.RefusedException;
import veche.room.RoomSession;
import veche.room.User;

/**
 * The user of one connection: that of the handshake or, where this is a guest, the one whom the header {@code Token} of
 * the first request identifies. Where guests are not admitted, the connection is closed unless that request arrives in
 * time. {@link #access} and {@link #close} may be called by any thread, the other methods by the one that receives.
 */
final class SoapIdentity {
    private static final String REQUIRED = "Guests are not admitted; send a token in the header Token";

    private final SoapContext services;
    private final Client client;
    private final HandshakeInfo handshake;
    private final RoomSession.Listener listener;
    private volatile @Nullable Access access;
    private volatile boolean closed;
    private boolean requested;
    /** Whether the site is being asked about the user. */
    private volatile boolean identifying;

    private volatile @Nullable String token;
    private @Nullable String renewed;

    /** The access of the user to the rooms. */
    record Access(RoomSession roomSession, Memberships memberships) {
        void end() {
            memberships.close();
            roomSession.end();
        }
    }

    /** @throws RefusedException if the user of the handshake is banned, or its credentials are revoked */
    SoapIdentity(SoapContext services, Client client, HandshakeInfo handshake, RoomSession.Listener listener) {
        this.services = services;
        this.client = client;
        this.handshake = handshake;
        this.listener = listener;
        if (services.rooms().moderation().permissions().admits(handshake.user())) {
            access = open(handshake.user());
        } else {
            services.timer()
                    .schedule(
                            this::closeUnlessIdentified,
                            services.settings().tokenTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private Access open(User user) {
        RoomSession roomSession = services.rooms().roomSession(user, client.id(), handshake.remoteAddress(), listener);
        return new Access(
                roomSession, new Memberships(roomSession, services.settings().maxRooms()));
    }

    /** The present access; null where guests are not admitted and no token has been received. */
    @Nullable
    Access access() {
        return access;
    }

    /**
     * Identifies the user if this is the first request and has a token; returns whether the user has changed. The same
     * token in later requests, as of a client that adds the header to each, has no effect. The stage fails with
     * {@link InvalidTokenException} or {@link RefusedException} if the user is not identified.
     *
     * @param header the token of the request; null if it has none
     */
    CompletionStage<Boolean> identify(@Nullable String header) {
        boolean first = !requested;
        requested = true;
        if (identifying) {
            return refused(RefusedException.Reason.BUSY, "The user is being identified; await the first response");
        }
        if (header == null || header.equals(token) || header.equals(renewed)) {
            return access == null
                    ? refused(RefusedException.Reason.NOT_ALLOWED, REQUIRED)
                    : CompletableFuture.completedFuture(false);
        }
        if (!first || handshake.user().provider() != User.Provider.GUEST) {
            return refused(
                    RefusedException.Reason.NOT_ALLOWED,
                    "The header Token identifies a guest in the first request; use Refresh to replace a token");
        }
        return login(header);
    }

    private static CompletionStage<Boolean> refused(RefusedException.Reason reason, String message) {
        return CompletableFuture.failedFuture(new RefusedException(reason, message));
    }

    private CompletionStage<Boolean> login(String header) {
        identifying = true;
        return services.login()
                .user(header, handshake.remoteAddress())
                .thenApply(user -> {
                    replace(open(user));
                    token = header;
                    return true;
                })
                .whenComplete((done, failure) -> identifying = false);
    }

    private void replace(Access identified) {
        Access before = access;
        access = identified;
        if (before != null) {
            before.end();
        }
        if (closed) {
            identified.end();
        }
    }

    /** Notes a newer token of the same user. */
    void renewed(String newer) {
        renewed = newer;
    }

    /** Closes the connection if it has neither a user whom the handshake identifies nor a token that may be valid. */
    void closeUnlessIdentified() {
        if (access == null && !identifying) {
            client.close(CloseCode.POLICY, REQUIRED);
        }
    }

    void close() {
        closed = true;
        Access current = access;
        if (current != null) {
            current.end();
        }
    }
}
