package veche.room;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import veche.room.access.UserLimits;
import veche.room.cluster.Backbone;
import veche.room.cluster.Channels;
import veche.room.cluster.Claims;

/**
 * All rooms; the entry point for the dialects. Thread-safe and non-blocking. Stages fail with a
 * {@link RefusedException}.
 */
public final class Rooms implements RoomCreation.Target {
    /** The channel of members and signals between nodes. */
    private static final byte SIGNALS = 'r';

    private static final System.Logger LOG = System.getLogger(Rooms.class.getName());

    private volatile LongConsumer commits = nanos -> {};
    private volatile Consumer<User> users = user -> {};
    private final List<BiConsumer<RoomName, Signal>> signalListeners = new CopyOnWriteArrayList<>();
    private final MessageLog log;
    private final RoomAccess.Rules rules;
    private final OpenRooms openRooms;
    private final Channels channels;
    private final ClusterSignals signals;
    private final RoomSessions roomSessions = new RoomSessions();
    private final Moderation moderation;
    private final Revocations revocations;
    private final ReadMarks marks;

    /** Uses the default permissions. Registers itself as the log's {@link MessageLog#listen listener}. */
    public Rooms(MessageLog log, Room.Recent recent) {
        this(log, recent, Permissions.DEFAULT, Clock.systemUTC());
    }

    /** Every user has the same privileges in all rooms. */
    public Rooms(MessageLog log, Room.Recent recent, Permissions permissions, Clock clock) {
        this(log, recent, permissions, permissions, clock);
    }

    /** How often users act is not limited. */
    public Rooms(MessageLog log, Room.Recent recent, Permissions permissions, RoomPolicy policy, Clock clock) {
        this(log, recent, permissions, policy, UserLimits.NONE, clock);
    }

    /** Registers itself as the listener of the log and of its {@link MessageLog#backbone backbone}. */
    public Rooms(
            MessageLog log,
            Room.Recent recent,
            Permissions permissions,
            RoomPolicy policy,
            UserLimits limits,
            Clock clock) {
        this.log = log;
        this.openRooms = new OpenRooms(log, recent);
        this.channels = new Channels(log.backbone());
        this.signals = new ClusterSignals(channels.channel(SIGNALS), this::notifyListeners);
        this.moderation = new Moderation(log.stateStore(), permissions, roomSessions, clock);
        this.rules = new RoomAccess.Rules(moderation, policy, limits, clock);
        this.revocations = new Revocations(log.stateStore(), moderation, roomSessions::enforceRevocations, clock);
        this.marks = new ReadMarks(log.stateStore(), clock);
        openRooms.onStateChange(this::pollState);
        log.listen(openRooms);
        moderation.onErasure(log::forget);
        signals.start();
    }

    private void pollState() {
        pollState("moderation actions", moderation.poll());
        pollState("revocations", revocations.poll());
    }

    private static void pollState(String what, CompletionStage<Void> polled) {
        polled.exceptionally(failure -> {
            LOG.log(Level.WARNING, "Cannot read {0}; retrying: {1}", what, failure.getMessage());
            return null;
        });
    }

    /**
     * Calls {@code listener} on the log's writer thread with each room that has grown and its previous tail. The
     * listener must not block.
     */
    public void onGrowth(ObjLongConsumer<Room> listener) {
        openRooms.onGrowth(listener);
    }

    /**
     * Calls {@code listener} on the log's writer thread with each room, open on this node or not, and its previous
     * tail, before new messages become visible: once for all messages of a commit if the room is open, otherwise for
     * each. If the listener opens the room, the message is in memory. The listener must not block.
     */
    public void beforeGrowth(ObjLongConsumer<RoomName> listener) {
        openRooms.beforeGrowth(listener);
    }

    /**
     * Calls {@code listener} for each signal in any room, on the thread of the sender or of the backbone. The listener
     * must not block.
     */
    public void onSignal(BiConsumer<RoomName, Signal> listener) {
        signalListeners.add(listener);
    }

    /**
     * Reports to {@code listener} the time from sending each message until it is durable, in nanoseconds. It is called
     * on the log's writer thread and must not block.
     */
    public void onCommit(LongConsumer listener) {
        commits = listener;
    }

    /**
     * Calls {@code listener} with each user that opens a session or renews its credentials, on the caller's thread. It
     * must not block.
     */
    public void onUser(Consumer<User> listener) {
        users = listener;
    }

    /**
     * Calls {@code listener} on the log's writer thread after the log was restored to an earlier state. Rooms that were
     * open grow no more, so clients have to open them again. It must not block.
     */
    public void onRestart(Runnable listener) {
        openRooms.onRestart(listener);
    }

    /** Remembers the rank and the name of an admitted user. */
    void noteUser(User user) {
        moderation.noteRank(user);
        users.accept(user);
    }

    /** As {@link MessageLog#refresh}. */
    CompletionStage<Void> refresh() {
        return log.refresh();
    }

    /**
     * A channel to the other nodes, for a dialect; its listener is to be set before {@link #joinCluster}.
     *
     * @param number other than that of the rooms, {@code 'r'}
     */
    public Backbone channel(byte number) {
        return channels.channel(number);
    }

    /** The claims of names over all nodes of the log. */
    public Claims claims() {
        return log.claims();
    }

    /** Begins to exchange members, signals and the parcels of the channels with the other nodes of the log. */
    public void joinCluster() {
        channels.open();
    }

    /**
     * Members whose connection is {@linkplain RoomSessions#interrupt interrupted}, or whose node is lost, leave only
     * after a period, unless they return. Without this call, they leave at once.
     *
     * @param timer runs a task after a delay
     */
    public void delayDepartures(Duration grace, BiConsumer<Runnable, Duration> timer) {
        departures().delay(grace, timer);
    }

    Departures departures() {
        return signals.departures();
    }

    /**
     * Reports to the other nodes that this one is about to end.
     *
     * @param window the period after that within which its clients are to reconnect
     */
    public void end(Duration window) {
        signals.end(window);
    }

    /** The number of rooms open on this node: those with subscribers or cached messages. */
    public int open() {
        return openRooms.count();
    }

    /** The number of commits processed so far; see {@link Entry#sequence()}. */
    public long sequence() {
        return openRooms.sequence();
    }

    /** The members of each room. */
    public Presence presence() {
        return signals.presence();
    }

    /** Bans, mutes and the audit log. */
    public Moderation moderation() {
        return moderation;
    }

    /** Revoked tokens and logins. */
    public Revocations revocations() {
        return revocations;
    }

    /** The read positions of all authors. */
    public ReadMarks marks() {
        return marks;
    }

    /** The room of this name if it is open on this node. Does not open it. */
    public Optional<Room> opened(RoomName name) {
        return openRooms.opened(name);
    }

    /** The room sessions on this node. */
    public RoomSessions roomSessions() {
        return roomSessions;
    }

    /**
     * Opens a session for a user's connection. All operations of the connection must go through it until it ends.
     *
     * @param connection the id of the connection
     * @param address the client's IP address; empty if unknown
     * @param listener notifies the connection that its access ends
     * @throws RefusedException ({@link RefusedException.Reason#BANNED}) if the user is banned from all rooms or the
     *     address is banned, or ({@link RefusedException.Reason#NOT_ALLOWED}) is a guest where none is admitted, or its
     *     credentials are revoked
     */
    public RoomSession roomSession(User user, String connection, String address, RoomSession.Listener listener) {
        moderation.permissions().checkAdmitted(user);
        RoomSession roomSession = new RoomSession(this, rules, user, connection, address, listener);
        if (user.provider() != User.Provider.SERVER) {
            roomSessions.add(roomSession);
        }
        try {
            // Checked after registration: a concurrent ban finds this session.
            moderation.checkBan(user, address);
            revocations.check(user);
        } catch (RefusedException refusal) {
            roomSession.end();
            throw refusal;
        }
        noteUser(user);
        return roomSession;
    }

    /** Opens a session for a user's connection whose address is unknown. */
    public RoomSession roomSession(User user, String connection, RoomSession.Listener listener) {
        return roomSession(user, connection, "", listener);
    }

    /**
     * Checks whether a user may enter a room, before its connection is accepted. A closed room is left to the room
     * session while the policy determines whether the user is a moderator there.
     *
     * @param address the client's IP address; empty if unknown
     * @throws RefusedException if the user's token does not grant access to the room, the user is banned from it, or it
     *     is closed to the user
     */
    public void checkEntry(User user, RoomName room, String address) {
        moderation.checkBanAndAdmission(user, room);
        boolean closed = moderation
                .mode(room)
                .filter(mode -> mode.type() == ModerationAction.Type.CLOSE)
                .isPresent();
        if (closed) {
            RoomAccess access = new RoomAccess(rules, user, address, attended -> false);
            if (access.grants().isKnown(room)) {
                moderation.checkEntry(access, room);
            }
        }
    }

    /** Whether the room is open on this node and has, or had, messages. */
    @Override
    public boolean hasMessages(RoomName room) {
        return openRooms.opened(room).filter(opened -> opened.tail() > 0).isPresent();
    }

    /** Applies changed policies: the connections leave the rooms that their users may no longer enter. */
    public void policyChanged() {
        roomSessions.all().forEach(RoomSession::reconsider);
    }

    /**
     * Opens the room of this name, which may be new. Messages sent after this call have positions after its tail. The
     * room is updated as long as it is referenced.
     */
    @Override
    public CompletionStage<Room> open(RoomName name) {
        return openRooms.open(name);
    }

    /**
     * Sends a message to a room. The stage completes once the message is durable; no client receives it earlier. If the
     * author repeats a key within 24 h, the stage completes with the first message and nothing is appended.
     */
    public CompletionStage<Message> send(RoomName room, Draft draft) {
        return append(room, draft).thenApply(MessageLog.Appended::message);
    }

    /** As {@link #send}, and reports whether the author has repeated the key. */
    @Override
    public CompletionStage<MessageLog.Appended> append(RoomName room, Draft draft) {
        long began = System.nanoTime();
        return log.append(room, draft).whenComplete((appended, failure) -> {
            if (failure == null) {
                commits.accept(System.nanoTime() - began);
            }
        });
    }

    /**
     * Edits, deletes or reacts to a message of the same room.
     *
     * @param change of kind {@code EDIT}, {@code DELETE} or {@code REACTION}; only the author may edit and delete
     */
    public CompletionStage<Message> amend(RoomName room, Draft change) {
        return amend(room, change, target -> {
            throw RefusedException.notTheAuthor();
        });
    }

    /** @param othersDeletion permits or rejects the deletion of another author's message */
    CompletionStage<Message> amend(RoomName room, Draft change, Function<Message, CompletionStage<?>> othersDeletion) {
        return message(room, change.changedId())
                .thenCompose(target -> permitted(change, target, othersDeletion))
                .thenCompose(permitted -> send(room, change));
    }

    private static CompletionStage<?> permitted(
            Draft change, Message target, Function<Message, CompletionStage<?>> othersDeletion) {
        boolean amendable = target.kind() == Kind.TEXT || target.kind() == Kind.FILE;
        boolean own = target.author().id().equals(change.author().id());
        if (target.isDeleted() && change.kind() != Kind.DELETE) {
            throw new RefusedException(RefusedException.Reason.NO_SUCH_MESSAGE, "This message was deleted");
        }
        if (!amendable) {
            throw new RefusedException(
                    RefusedException.Reason.INVALID, "Only a text or file can be edited, deleted or reacted to");
        }
        if (!own && change.kind() == Kind.EDIT) {
            throw RefusedException.notTheAuthor();
        }
        return own || change.kind() == Kind.REACTION
                ? CompletableFuture.completedFuture(target)
                : othersDeletion.apply(target);
    }

    /** The newest messages before a position ({@code Long.MAX_VALUE} for the newest of all), ascending. */
    public CompletionStage<List<Message>> history(RoomName room, long before, int limit) {
        return log.before(room, before, limit);
    }

    /** As {@link MessageLog#after}. */
    public CompletionStage<List<Message>> after(RoomName room, long position, int limit) {
        return log.after(room, position, limit);
    }

    /** As {@link MessageLog#erase}. */
    public CompletionStage<Void> erase(RoomName room, String author) {
        return log.erase(room, author);
    }

    /** As {@link MessageLog#held}. */
    public CompletionStage<List<MessageLog.Held>> held(String author, String room, long after, int limit) {
        return log.held(author, room, after, limit);
    }

    /** As {@link RoomStateStore#forget}. */
    public CompletionStage<Void> forget(String author) {
        return log.stateStore().forget(author);
    }

    /** Finds a message by its id; fails with {@link RefusedException.Reason#NO_SUCH_MESSAGE} if there is none. */
    public CompletionStage<Message> message(RoomName room, UUID id) {
        return log.find(room, id)
                .thenApply(found -> found.orElseThrow(() -> new RefusedException(
                        RefusedException.Reason.NO_SUCH_MESSAGE, "This room has no such message")));
    }

    /** As {@link MessageLog#revisions}. */
    CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return log.revisions(room, id);
    }

    /** The names of all rooms with messages, or with members on this node, sorted. */
    public CompletionStage<Set<RoomName>> names() {
        return log.rooms().thenApply(logged -> {
            Set<RoomName> names = new TreeSet<>(logged);
            names.addAll(presence().rooms());
            return names;
        });
    }

    /** Passes a signal of a client of this node to the signal listeners of all nodes. */
    public void signal(RoomName room, Signal signal) {
        signals.emit(room, signal);
    }

    private void notifyListeners(RoomName room, Signal signal) {
        signalListeners.forEach(listener -> listener.accept(room, signal));
    }
}
