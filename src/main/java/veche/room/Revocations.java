package veche.room;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.room.RoomStateStore.Revocation;

/**
 * Revoked tokens and logins, by author, by token id or by time of issue. They are held in memory: {@link #poll()} reads
 * the changes of this node, of others and of the application, and closes the connections concerned. Thread-safe and
 * non-blocking.
 */
public final class Revocations {
    private final RoomStateStore stateStore;
    private final Moderation moderation;
    private final Runnable enforcement;
    private final Clock clock;
    private volatile List<Revocation> active = List.of();

    /** @param enforcement closes the connections concerned on this node */
    Revocations(RoomStateStore stateStore, Moderation moderation, Runnable enforcement, Clock clock) {
        this.stateStore = stateStore;
        this.moderation = moderation;
        this.enforcement = enforcement;
        this.clock = clock;
    }

    /** Loads the revocations that have not ended, and enforces them if they have changed. */
    public CompletionStage<Void> poll() {
        return stateStore.revocations(clock.instant()).thenAccept(found -> {
            if (!found.equals(active)) {
                active = List.copyOf(found);
                enforcement.run();
            }
        });
    }

    /** Whether the credentials of a user whose connection was opened at this time are revoked. */
    boolean isRevoked(User user, Instant opened) {
        List<Revocation> all = active;
        if (all.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        return all.stream().anyMatch(revocation -> revocation.holds(now) && concerns(revocation, user, opened));
    }

    private static boolean concerns(Revocation revocation, User user, Instant opened) {
        String author = revocation.author();
        String jti = revocation.jti();
        Instant before = revocation.before();
        return (author == null || author.equals(user.author().id()))
                && (jti == null || jti.equals(jti(user)))
                && (before == null || issued(user, opened).isBefore(before));
    }

    private static @Nullable String jti(User user) {
        return user.token().flatMap(User.TokenId::jti).orElse(null);
    }

    private static Instant issued(User user, Instant opened) {
        return user.token().map(token -> token.issued().orElse(Instant.MIN)).orElse(opened);
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user's credentials are revoked */
    public void check(User user) {
        check(user, clock.instant());
    }

    void check(User user, Instant opened) {
        if (isRevoked(user, opened)) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, Ejection.REVOKED.reason());
        }
    }

    /**
     * Revokes credentials of an author on behalf of a moderator, under the rules of a ban from all rooms, and records
     * it in the audit log. Without {@code jti} and {@code before}, everything issued until now is revoked. The stage
     * completes once the revocation is durable and effective on this node.
     *
     * @param address as in {@link Moderation#rule}
     * @param order of type {@link ModerationAction.Type#REVOKE}; its duration limits the revocation
     */
    public CompletionStage<ModerationAction> revoke(
            User moderator, String address, ModerationOrder order, @Nullable String jti, @Nullable Instant before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant until = Optional.ofNullable(order.lasting()).map(now::plus).orElse(null);
        Revocation revocation =
                new Revocation(order.author(), jti, before == null && jti == null ? now : before, until);
        return moderation
                .rule(moderator, address, order)
                .thenCompose(action -> stateStore
                        .revoke(revocation)
                        .thenCompose(stored -> poll())
                        .thenApply(done -> action));
    }
}
