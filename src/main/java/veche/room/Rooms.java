package veche.room;

import java.time.Clock;
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

/**
 * All rooms: the door for the dialects. Thread-safe; nothing here blocks. Stages fail with a {@link RefusedException}.
 */
public final class Rooms {
    private volatile LongConsumer commits = nanos -> {};
    private final List<BiConsumer<RoomName, Signal>> signalListeners = new CopyOnWriteArrayList<>();
    private final MessageLog log;
    private final OpenRooms openRooms;
    private final Presence presence = new Presence(this::signal);
    private final RoomSessions roomSessions = new RoomSessions();
    private final Moderation moderation;
    private final ReadMarks marks;

    /** With the default permissions. Takes over the log's {@link MessageLog#listen listener}. */
    public Rooms(MessageLog log, Room.Recent recent) {
        this(log, recent, Permissions.DEFAULT, Clock.systemUTC());
    }

    /** Takes over the log's {@link MessageLog#listen listener}. */
    public Rooms(MessageLog log, Room.Recent recent, Permissions permissions, Clock clock) {
        this.log = log;
        this.openRooms = new OpenRooms(log, recent);
        this.moderation = new Moderation(log.stateStore(), permissions, roomSessions, clock);
        this.marks = new ReadMarks(log.stateStore(), clock);
        log.listen(openRooms);
    }

    /**
     * Calls {@code listener} on the log's writer thread with each room that has grown and its tail before that; it must
     * be quick.
     */
    public void onGrowth(ObjLongConsumer<Room> listener) {
        openRooms.onGrowth(listener);
    }

    /**
     * Calls {@code listener} on the log's writer thread for each message of a room that is not {@link #open open} here; it
     * must be quick. For those who wait for rooms that they cannot name.
     */
    public void onUnopened(Consumer<Message> listener) {
        openRooms.onUnopened(listener);
    }

    /** Calls {@code listener} for each signal in any room, on the thread that gave it; it must be quick. */
    public void onSignal(BiConsumer<RoomName, Signal> listener) {
        signalListeners.add(listener);
    }

    /**
     * Tells {@code listener} how long each message took from being sent until it was durable, in nanoseconds; on the log's
     * thread, so it must be quick.
     */
    public void onCommit(LongConsumer listener) {
        commits = listener;
    }

    /** How many rooms are open here: those that somebody follows or of which recent messages are kept. */
    public int open() {
        return openRooms.count();
    }

    /** The number of commits heard so far; see {@link Entry#sequence()}. */
    public long sequence() {
        return openRooms.sequence();
    }

    /** Who is where. */
    public Presence presence() {
        return presence;
    }

    /** Who is banned and muted, and by whom. */
    public Moderation moderation() {
        return moderation;
    }

    /** How far each has read. */
    public ReadMarks marks() {
        return marks;
    }

    /** The room of that name, where somebody has opened it here; it is not opened by this. */
    public Optional<Room> opened(RoomName name) {
        return openRooms.opened(name);
    }

    /** Who is connected to this node. */
    public RoomSessions roomSessions() {
        return roomSessions;
    }

    /**
     * Lets somebody in: what they do from now on goes through what is returned, until its end.
     *
     * @param connection the id of their connection
     * @param door closes the connection with {@code 1008} and its reason; called by any thread, must not block
     * @throws RefusedException ({@link RefusedException.Reason#BANNED}) where they may not come in
     */
    public RoomSession roomSession(User user, String connection, Consumer<Ejection> door) {
        RoomSession roomSession = new RoomSession(this, user, connection, door);
        if (user.provider() != User.Provider.SERVER) {
            roomSessions.add(roomSession);
        }
        try {
            // Only now: whoever is banned in between is found here.
            moderation.checkBan(user);
        } catch (RefusedException refusal) {
            roomSession.end();
            throw refusal;
        }
        return roomSession;
    }

    /**
     * The room of that name, be it new. Whatever is sent after this call lies beyond its tail. It grows for as long as it
     * is referred to.
     */
    public CompletionStage<Room> open(RoomName name) {
        return openRooms.open(name);
    }

    /**
     * Says something in a room. The stage completes once it is durable; nobody sees it earlier. The same key from the
     * same author within 24 h gives the first message again.
     */
    public CompletionStage<Message> send(RoomName room, Draft draft) {
        long began = System.nanoTime();
        return log.append(room, draft).thenApply(appended -> {
            commits.accept(System.nanoTime() - began);
            return appended.message();
        });
    }

    /**
     * Edits, deletes or reacts to a message of the same room.
     *
     * @param change of kind {@code EDIT}, {@code DELETE} or {@code REACTION}; only the author edits and deletes
     */
    public CompletionStage<Message> amend(RoomName room, Draft change) {
        return amend(room, change, target -> {
            throw RefusedException.notTheAuthor();
        });
    }

    /** @param overruled refuses, or allows, that the message of another is deleted */
    CompletionStage<Message> amend(RoomName room, Draft change, Function<Message, CompletionStage<?>> overruled) {
        return message(room, change.target())
                .thenCompose(target -> permitted(change, target, overruled))
                .thenCompose(permitted -> send(room, change));
    }

    private static CompletionStage<?> permitted(
            Draft change, Message target, Function<Message, CompletionStage<?>> overruled) {
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
                : overruled.apply(target);
    }

    /** The newest messages before a position ({@code Long.MAX_VALUE} for the newest of all), ascending. */
    public CompletionStage<List<Message>> history(RoomName room, long before, int limit) {
        return log.before(room, before, limit);
    }

    /** One message by its id. */
    public CompletionStage<Message> message(RoomName room, UUID id) {
        return log.find(room, id)
                .thenApply(found -> found.orElseThrow(() -> new RefusedException(
                        RefusedException.Reason.NO_SUCH_MESSAGE, "This room has no such message")));
    }

    /** As {@link MessageLog#revisions}. */
    CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return log.revisions(room, id);
    }

    /** The names of all rooms with messages, or with members on this node, in order. */
    public CompletionStage<Set<RoomName>> names() {
        return log.rooms().thenApply(logged -> {
            Set<RoomName> names = new TreeSet<>(logged);
            names.addAll(presence.rooms());
            return names;
        });
    }

    /** Gives a signal to all who listen for signals. */
    public void signal(RoomName room, Signal signal) {
        signalListeners.forEach(listener -> listener.accept(room, signal));
    }
}
