package veche.room;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.room.access.Privilege;

/** Checks and records moderators' orders, and remembers the ranks of authors. Thread-safe and non-blocking. */
final class ModerationOrders {
    private static final System.Logger LOG = System.getLogger(Moderation.class.getName());

    private final RoomStateStore stateStore;
    private final Permissions permissions;
    private final Moderation.Sessions sessions;
    private final Clock clock;
    private volatile Duration rankMemory = Duration.ofDays(30);

    ModerationOrders(RoomStateStore stateStore, Permissions permissions, Moderation.Sessions sessions, Clock clock) {
        this.stateStore = stateStore;
        this.permissions = permissions;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** As {@link Moderation#rememberRanks}. */
    void rememberRanks(Duration memory) {
        rankMemory = memory;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** As {@link Moderation#rule}, without effect on the sanctions in memory. */
    CompletionStage<ModerationAction> perform(User moderator, String address, ModerationOrder order) {
        try {
            permissions.check(moderator, order.room(), privilege(order.type()));
            checkReach(moderator, order.room());
            checkSelf(moderator, address, order);
        } catch (RefusedException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return checkRank(moderator, order).thenCompose(checked -> {
            Instant now = now();
            Duration lasting = order.type().imposes().isPresent() ? order.lasting() : null;
            return stateStore.record(new ModerationAction(
                    0,
                    now,
                    recorded(moderator, address, order.room()),
                    order.type(),
                    order.author(),
                    order.room(),
                    lasting == null ? null : now.plus(lasting),
                    order.reason(),
                    null,
                    order.address(),
                    order.type() == ModerationAction.Type.SLOW ? order.interval() : null));
        });
    }

    private ModerationAction.Moderator recorded(User moderator, String address, @Nullable RoomName room) {
        return new ModerationAction.Moderator(moderator.author(), permissions.recordedRank(moderator, room), address);
    }

    /** A token limited to rooms grants moderation of these rooms only. */
    private static void checkReach(User moderator, @Nullable RoomName room) {
        if (room == null && moderator.confined()) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token is limited to its rooms: specify one of them");
        }
        if (room != null) {
            Moderation.checkAdmission(moderator, room);
        }
    }

    private static void checkSelf(User moderator, String address, ModerationOrder order) {
        if (order.author().equals(moderator.author().id())) {
            throw new RefusedException(RefusedException.Reason.INVALID, "You cannot moderate yourself");
        }
        if (order.type() == ModerationAction.Type.BAN
                && order.address() != null
                && order.address().contains(address)) {
            throw new RefusedException(RefusedException.Reason.INVALID, "This range contains your own address");
        }
    }

    /** The author's rank is the highest of its connections on this node and of those that are remembered. */
    private CompletionStage<Void> checkRank(User moderator, ModerationOrder order) {
        String author = order.author();
        boolean ranked = order.type() == ModerationAction.Type.KICK
                || order.type() == ModerationAction.Type.REVOKE
                || order.type().imposes().isPresent();
        if (!ranked || author.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        int present = sessions.users(author).stream()
                .mapToInt(user -> permissions.rank(user, order.room()))
                .max()
                .orElse(0);
        return stateStore
                .rank(author, now().minus(rankMemory))
                .thenAccept(remembered ->
                        permissions.checkRank(moderator, order.room(), author, Math.max(present, remembered)));
    }

    /** As {@link Moderation#noteRank}. */
    void noteRank(User user) {
        int rank = permissions.rank(user);
        if (rank == 0 || user.provider() == User.Provider.SERVER) {
            return;
        }
        Instant now = now();
        stateStore
                .noteRank(user.author().id(), rank, now, now.minus(rankMemory))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.log(
                                Level.WARNING,
                                "The rank of author={0} was not stored: {1}",
                                user.author().id(),
                                failure.getMessage());
                    }
                });
    }

    private static Privilege privilege(ModerationAction.Type type) {
        return switch (type) {
            case KICK -> Privilege.KICK;
            case BAN, UNBAN, REVOKE -> Privilege.BAN;
            case MUTE, UNMUTE -> Privilege.MUTE;
            case DELETE -> Privilege.DELETE;
            case SLOW, READONLY, CLOSE, OPEN -> Privilege.MODE;
            case ERASE -> Privilege.ERASE;
        };
    }

    /** As {@link Moderation#recordDeletion}. */
    CompletionStage<ModerationAction> recordDeletion(User moderator, String address, Message target) {
        if (!permissions.of(moderator, target.room()).contains(Privilege.DELETE)) {
            throw RefusedException.notTheAuthor();
        }
        UUID id = target.id();
        return stateStore.record(new ModerationAction(
                0,
                now(),
                recorded(moderator, address, target.room()),
                ModerationAction.Type.DELETE,
                target.author().id(),
                target.room(),
                null,
                "",
                id));
    }
}
