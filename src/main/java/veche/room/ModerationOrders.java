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
    CompletionStage<ModerationAction> perform(Standing moderator, String address, ModerationOrder order) {
        try {
            moderator.check(order.room(), privilege(order.type()));
            checkSelf(moderator.user(), address, order);
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

    private ModerationAction.Moderator recorded(Standing moderator, String address, @Nullable RoomName room) {
        return new ModerationAction.Moderator(
                moderator.user().author(), permissions.recordedRank(moderator.rank(room)), address);
    }

    private static void checkSelf(User moderator, String address, ModerationOrder order) {
        if (order.author().equals(moderator.author().id()) && !order.type().isOfHold()) {
            throw new RefusedException(RefusedException.Reason.INVALID, "You cannot moderate yourself");
        }
        if (order.type() == ModerationAction.Type.BAN
                && order.address() != null
                && order.address().contains(address)) {
            throw new RefusedException(RefusedException.Reason.INVALID, "This range contains your own address");
        }
    }

    /** The author's rank is the highest of its connections on this node and of those that are remembered. */
    private CompletionStage<Void> checkRank(Standing moderator, ModerationOrder order) {
        String author = order.author();
        boolean ranked = order.type() == ModerationAction.Type.KICK
                || order.type() == ModerationAction.Type.REVOKE
                || order.type().imposes().isPresent();
        if (!ranked || author.isEmpty() || order.type().isOfHold()) {
            return CompletableFuture.completedFuture(null);
        }
        int present = sessions.rank(author, order.room());
        return stateStore
                .rank(author, order.room(), now().minus(rankMemory))
                .thenAccept(remembered ->
                        Permissions.checkRank(moderator.rank(order.room()), author, Math.max(present, remembered)));
    }

    /** @param room the room of the rank, or null for all rooms */
    void noteRank(User user, @Nullable RoomName room, int rank) {
        if (rank == 0 || user.provider() == User.Provider.SERVER) {
            return;
        }
        Instant now = now();
        stateStore
                .noteRank(user.author().id(), room, rank, now, now.minus(rankMemory))
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
            case ERASE, HOLD, RELEASE -> Privilege.ERASE;
        };
    }

    /** As {@link Moderation#recordDeletion}. */
    CompletionStage<ModerationAction> recordDeletion(Standing moderator, String address, Message target) {
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
