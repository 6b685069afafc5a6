package veche.room;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.room.access.Grant;
import veche.room.access.Privilege;
import veche.room.access.UserLimits;

/**
 * A user's access to the rooms over one connection. Every operation checks the user's permissions and fails with
 * {@link RefusedException.Reason#NOT_ALLOWED}, {@code BANNED}, {@code MUTED}, {@code SLOW}, {@code LIMITED},
 * {@code READ_ONLY} or {@code CLOSED}. Thread-safe and non-blocking.
 */
public final class RoomSession {
    private static final System.Logger LOG = System.getLogger(RoomSession.class.getName());

    private final Rooms rooms;
    private final String connection;
    private final String address;
    private final Listener listener;
    private final Map<RoomName, Integer> attended = new ConcurrentHashMap<>();
    /** The ranks of the user as stored. */
    private final Map<RoomName, Integer> notedRanks = new ConcurrentHashMap<>();

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Instant opened = Instant.now();
    private final RoomAccess access;
    private final RoomCreation creation;
    /** The expiry that the client was warned of. Written only by {@link RoomSessions#expire}. */
    private volatile Instant warned = Instant.MIN;

    private volatile boolean interrupted;

    RoomSession(Rooms rooms, RoomAccess.Rules rules, User user, String connection, String address, Listener listener) {
        this.rooms = rooms;
        this.access = new RoomAccess(rules, user, address, attended::containsKey);
        this.creation = new RoomCreation(rooms, access);
        this.connection = connection;
        this.address = address;
        this.listener = listener;
    }

    /** Notifies a connection that its user's access ends. Called by any thread; must not block. */
    @FunctionalInterface
    public interface Listener {
        /** Closes the connection with {@code 1008} and the reason. */
        void onEjected(Ejection ejection);

        /**
         * The user has lost access to a room that the connection is in or subscribes to: ends the stay and the
         * subscriptions of that room. By default, closes the connection.
         */
        default void onRoomLost(RoomName room, Ejection ejection) {
            onEjected(ejection);
        }

        /** The credentials expire soon: a client that does not {@link RoomSession#renew renew} them is closed. */
        default void onExpiring(Instant expires) {}

        /** The policies have changed: what the dialect itself has permitted must be reconsidered. */
        default void onPolicyChanged() {}

        /** Called about once per second: what the dialect itself has permitted may have expired. */
        default void onExpiryDue() {}
    }

    /** The user, according to the latest credentials. */
    public User user() {
        return access.user();
    }

    /**
     * Replaces the user by that of a newer token, and leaves the rooms to which it does not grant access. Must not be
     * called concurrently for one session.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if either user has no token, their
     *     subjects differ or the newer token is revoked, or ({@link RefusedException.Reason#INVALID}) if it expires
     *     earlier
     */
    public void renew(User renewed) {
        user().checkRenewal(renewed);
        rooms.revocations().check(renewed, opened);
        access.renew(renewed);
        rooms.noteUser(renewed);
        reconsiderRooms();
    }

    /** Has the policies consulted anew, and leaves the rooms that the user may no longer enter. */
    void reconsider() {
        reconsiderRooms();
        notify(listener::onPolicyChanged, "policies changed");
    }

    private void reconsiderRooms() {
        access.grants().clear();
        attended().forEach(this::verify);
    }

    /** Has the policies consulted anew where a grant has expired. */
    void reconsiderExpired() {
        notify(listener::onExpiryDue, "grants expired");
        for (RoomName room : attended.keySet()) {
            if (access.grants().expired(room)) {
                verify(room);
            }
        }
    }

    private void verify(RoomName room) {
        if (user().confinedOutOf(room)) {
            lose(room, Ejection.outOf(room));
            return;
        }
        int before = access.grants().generation();
        access.grants().of(room).whenComplete((grant, failure) -> {
            if (before != access.grants().generation()) {
                return; // a later change of the policy has had this decided anew
            }
            if (failure != null || !grant.has(Privilege.READ)) {
                lose(room, Ejection.outOf(room));
            } else {
                noteRank(room);
            }
        });
    }

    /** Stores the rank in a room at the entry, and if it changes: a grant may be determined anew every few seconds. */
    private void noteRank(RoomName room) {
        Integer rank = access.rank(room);
        if (!rank.equals(notedRanks.put(room, rank))) {
            rooms.moderation().noteRank(access, room);
        }
    }

    private void leave(RoomName room) {
        if (attended.computeIfPresent(room, (name, times) -> times == 1 ? null : times - 1) == null) {
            notedRanks.remove(room);
        }
    }

    /** The id of the connection. */
    public String connection() {
        return connection;
    }

    /** The client's IP address; empty if unknown. */
    public String address() {
        return address;
    }

    /** A snapshot of the rooms that the connection is in or subscribes to. */
    public Set<RoomName> attended() {
        return Set.copyOf(attended.keySet());
    }

    /** Whether the user may enter, and thus read, the room. False while the policy determines the user's grant. */
    public boolean mayEnter(RoomName room) {
        return has(room, Privilege.READ);
    }

    /**
     * Whether the user has a privilege in the room and may enter it. False while the policy determines the user's
     * grant.
     */
    public boolean has(RoomName room, Privilege privilege) {
        return access.has(room, privilege);
    }

    /** Whether the user may receive a signal of the room; joins and leaves require {@link Privilege#MEMBERS}. */
    public boolean mayReceive(RoomName room, Signal signal) {
        boolean presence = signal instanceof Signal.Joined || signal instanceof Signal.Left;
        return has(room, presence ? Privilege.MEMBERS : Privilege.READ);
    }

    /** Whether the user may enter any room name with this prefix. Such a room need not exist yet. */
    public boolean mayEnterAny(String beginning) {
        return access.mayEnterAny(beginning);
    }

    /** @throws RefusedException if the user may not enter the room */
    public void checkEntry(RoomName room) {
        check(room, Privilege.READ);
    }

    /**
     * Checks a privilege. While the policy determines the user's grant, none is granted: callers await
     * {@link #resolved} first.
     *
     * @throws RefusedException if the user lacks it or may not enter the room
     */
    public void check(RoomName room, Privilege privilege) {
        access.check(room, privilege);
    }

    /**
     * Runs an action once the policy has determined the user's grant in the room, in the order of the calls for this
     * room. The stage fails with {@link RefusedException.Reason#BUSY} if the policy fails.
     */
    public <T> CompletionStage<T> resolved(RoomName room, Supplier<CompletionStage<T>> action) {
        return access.resolved(room, action);
    }

    /**
     * Whether another connection may be revealed to this one. If this user's token is limited to rooms, only
     * connections that are in these rooms or subscribe to them are revealed.
     */
    public boolean mayNotice(RoomSession other) {
        return other == this || mayNotice(other.attended.keySet());
    }

    /** Whether a connection that is in these rooms may be revealed to this one. */
    public boolean mayNotice(Set<RoomName> attended) {
        return access.mayNotice(attended);
    }

    /** @throws RefusedException ({@link RefusedException.Reason#LIMITED}) if the user acts too often */
    public void limit(UserLimits.Action action) {
        access.limit(action);
    }

    /** As {@link Rooms#open}. */
    public CompletionStage<Room> open(RoomName room) {
        return access.permitted(room, () -> checkEntry(room), () -> rooms.open(room));
    }

    /** As {@link Rooms#send}. A room without messages is new: its first message requires {@link Privilege#CREATE}. */
    public CompletionStage<Message> send(RoomName room, Draft draft) {
        return append(room, draft).thenApply(MessageLog.Appended::message);
    }

    /** As {@link #send}, and reports whether the author has repeated the key. */
    public CompletionStage<MessageLog.Appended> append(RoomName room, Draft draft) {
        return access.permitted(
                room,
                () -> access.checkWrite(room, draft.kind() == Kind.FILE ? Privilege.ATTACH : Privilege.WRITE),
                () -> rooms.moderation()
                        .paced(
                                access,
                                room,
                                draft.key(),
                                () -> access.metered(draft, () -> creation.append(room, draft))));
    }

    /**
     * As {@link Rooms#amend}, but moderators may also delete messages of other authors, which the audit log records. A
     * muted author may still delete their own messages, since that adds no content to the room.
     */
    public CompletionStage<Message> amend(RoomName room, Draft change) {
        return access.permitted(
                room,
                () -> access.checkAmendment(room, change.kind()),
                () -> rooms.amend(room, change, target -> moderate(room, target)));
    }

    private CompletionStage<?> moderate(RoomName room, Message target) {
        if (!has(room, Privilege.DELETE)) {
            throw RefusedException.notTheAuthor();
        }
        rooms.moderation().checkMute(access, room);
        return rooms.moderation().recordDeletion(access, address, target);
    }

    /**
     * Performs a moderation action, as {@link Moderation#rule}. In a room, the user's grant decides, which a policy, a
     * role or a token may give; an action in all rooms requires a role.
     */
    public CompletionStage<ModerationAction> rule(ModerationOrder order) {
        return access.resolved(order.room(), () -> rooms.moderation().rule(access, address, order));
    }

    /**
     * The active sanctions in a room, or, if it is null, in all rooms; if the user's token is limited to rooms, in
     * these. The stage fails with {@link RefusedException.Reason#NOT_ALLOWED} if the user lacks {@link Privilege#AUDIT}
     * there.
     */
    public CompletionStage<List<ModerationAction>> sanctions(@Nullable RoomName room) {
        return access.permitted(
                room, () -> checkAudit(room), () -> rooms.moderation().sanctions(user(), room));
    }

    /**
     * The audit log, as {@link #sanctions}: up to {@code limit} actions with numbers less than {@code before}, newest
     * first.
     */
    public CompletionStage<List<ModerationAction>> audit(@Nullable RoomName room, long before, int limit) {
        return access.permitted(
                room, () -> checkAudit(room), () -> rooms.moderation().audit(user(), room, before, limit));
    }

    private void checkAudit(@Nullable RoomName room) {
        if (room != null) {
            check(room, Privilege.AUDIT);
        } else {
            Permissions.require(rooms.moderation().permissions().of(user()).contains(Privilege.AUDIT));
        }
    }

    /** Whether the user may learn the addresses of moderators: those who moderate the server may. */
    public boolean seesAddresses() {
        return !user().confined() && rooms.moderation().permissions().of(user()).contains(Privilege.AUDIT);
    }

    /** The rank in a room, by role or grant: this user moderates lower ranks only. */
    public int rank(RoomName room) {
        return access.rank(room);
    }

    /** The user's grant in a room, after all limits; the stage fails as that of {@link #resolved}. */
    public CompletionStage<Grant> grant(RoomName room) {
        return resolved(room, () -> CompletableFuture.completedFuture(access.effective(room)));
    }

    Standing standing() {
        return access;
    }

    /** As {@link Revocations#revoke}, by this user. */
    public CompletionStage<ModerationAction> revoke(
            ModerationOrder order, @Nullable String jti, @Nullable Instant before) {
        return rooms.revocations().revoke(user(), address, order, jti, before);
    }

    /** As {@link Rooms#history}. */
    public CompletionStage<List<Message>> history(RoomName room, long before, int limit) {
        return access.permitted(room, () -> check(room, Privilege.HISTORY), () -> rooms.history(room, before, limit));
    }

    /** The oldest messages after a position, as {@link #history}. */
    public CompletionStage<List<Message>> after(RoomName room, long position, int limit) {
        return access.permitted(room, () -> check(room, Privilege.HISTORY), () -> rooms.after(room, position, limit));
    }

    /** The room once this node has delivered what the client may have received on another one before it resumes. */
    public CompletionStage<Room> caughtUp(Room room, Position known) {
        return room.isBehind(known) ? rooms.refresh().thenApply(done -> room) : CompletableFuture.completedFuture(room);
    }

    /** As {@link Room#resume}; without {@link Privilege#HISTORY}, nothing is recovered. */
    public Resumption resume(Room room, Position known) {
        return has(room.name(), Privilege.HISTORY) ? room.resume(known) : Resumption.fromTail(room, known);
    }

    /** As {@link Rooms#message}. */
    public CompletionStage<Message> message(RoomName room, UUID id) {
        return access.permitted(room, () -> check(room, Privilege.HISTORY), () -> rooms.message(room, id));
    }

    /**
     * As {@link MessageLog#revisions}.
     *
     * <p>The stage fails with {@link RefusedException.Reason#NOT_ALLOWED} if the user lacks {@link Privilege#AUDIT}.
     */
    public CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return access.permitted(room, () -> check(room, Privilege.AUDIT), () -> rooms.revisions(room, id));
    }

    /**
     * As {@link Rooms#signal}, for a signal about this user; the read position of a {@link Signal.Read} is stored.
     *
     * @throws RefusedException if the user may not enter the room, or is muted and the signal is {@link Signal.Typing}
     */
    public void signal(RoomName room, Signal signal) {
        if (signal instanceof Signal.Typing) {
            access.checkWrite(room, Privilege.WRITE);
        } else {
            checkEntry(room);
        }
        if (signal instanceof Signal.Read read) {
            rooms.marks().note(read.author(), room, read.upTo());
        }
        rooms.signal(room, signal);
    }

    /**
     * Enters a room under the given author's name.
     *
     * @throws RefusedException if the user may not enter the room
     */
    public Presence.Stay enter(RoomName room, Author as) {
        Presence.Stay attendance = attend(room);
        Presence.Stay stay = rooms.presence().enter(room, as);
        return () -> {
            if (interrupted) {
                rooms.departures().interrupted(stay::end);
            } else {
                stay.end();
            }
            attendance.end();
        };
    }

    /**
     * Registers that the connection is in a room or subscribes to it, until the returned stay ends.
     *
     * @throws RefusedException if the user may not enter the room
     */
    public Presence.Stay attend(RoomName room) {
        attended.merge(room, 1, Integer::sum);
        AtomicBoolean left = new AtomicBoolean();
        Presence.Stay attendance = () -> {
            if (left.compareAndSet(false, true)) {
                leave(room);
            }
        };
        try {
            // Checked after registration: a concurrent ban finds this connection in the room.
            checkEntry(room);
            limit(UserLimits.Action.JOIN);
            noteRank(room);
        } catch (RefusedException refusal) {
            attendance.end();
            throw refusal;
        }
        return attendance;
    }

    /** The connection has ended in such a way that the user is likely to return. */
    void interrupt() {
        interrupted = true;
    }

    /** Closes the connection. */
    void eject(Ejection ejection) {
        notify(() -> listener.onEjected(ejection), ejection.reason());
    }

    void enforceRevocation() {
        if (rooms.revocations().isRevoked(user(), opened)) {
            eject(Ejection.REVOKED);
        }
    }

    /** Leaves a room, to which the user has lost access. */
    void lose(RoomName room, Ejection ejection) {
        notify(() -> listener.onRoomLost(room, ejection), ejection.reason());
    }

    /** Warns the client once of each expiry of its credentials that is before a time. */
    void warn(Instant before) {
        Instant expires = user().expires().orElse(Instant.MAX);
        if (expires.isBefore(before) && !expires.equals(warned)) {
            warned = expires;
            notify(() -> listener.onExpiring(expires), "credentials expire");
        }
    }

    /** Logs a failure, so that other connections are notified nevertheless. */
    private void notify(Runnable notification, String reason) {
        if (!ended.get()) {
            try {
                notification.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "connection=" + connection + " was not notified: " + reason, e);
            }
        }
    }

    /** Ends the session after its connection was closed. Idempotent. */
    public void end() {
        if (ended.compareAndSet(false, true)) {
            rooms.roomSessions().remove(this);
        }
    }
}
