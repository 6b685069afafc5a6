package veche.room;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The rooms as one visitor may use them, over one connection: what they may not is refused with
 * {@link RefusedException.Reason#NOT_ALLOWED}, {@code BANNED} or {@code MUTED}. The checks are look-ups in memory.
 * Thread-safe; nothing here blocks.
 */
public final class RoomSession {
    private static final System.Logger LOG = System.getLogger(RoomSession.class.getName());

    private final Rooms rooms;
    private final User user;
    private final String connection;
    private final Consumer<Ejection> door;
    private final Map<RoomName, Integer> attended = new ConcurrentHashMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    RoomSession(Rooms rooms, User user, String connection, Consumer<Ejection> door) {
        this.rooms = rooms;
        this.user = user;
        this.connection = connection;
        this.door = door;
    }

    /** Who it is. */
    public User user() {
        return user;
    }

    /** The id of the connection. */
    public String connection() {
        return connection;
    }

    /** The rooms that the connection is in or follows at this moment. */
    public Set<RoomName> attended() {
        return Set.copyOf(attended.keySet());
    }

    /** Whether they may come into that room, and so read there. */
    public boolean mayEnter(RoomName room) {
        return !user.confinedOutOf(room) && rooms.moderation().ban(user, room) == null;
    }

    /** Whether their token admits to a room, of which there may be none yet, whose name begins like that. */
    public boolean mayEnterAny(String beginning) {
        return user.rooms()
                .map(these -> these.stream().anyMatch(room -> room.value().startsWith(beginning)))
                .orElse(true);
    }

    /** @throws RefusedException where they may not come into that room */
    public void checkEntry(RoomName room) {
        rooms.moderation().checkEntry(user, room);
    }

    /**
     * Whether another connection may be revealed to this one. A connection that is confined to rooms learns of those
     * only that are in its rooms or follow them.
     */
    public boolean mayNotice(RoomSession other) {
        return other == this || mayNotice(other.attended.keySet());
    }

    /** Whether a connection that is in these rooms may be revealed to this one. */
    public boolean mayNotice(Set<RoomName> attended) {
        return !user.confined() || attended.stream().anyMatch(this::mayEnter);
    }

    private void checkSpeech(RoomName room) {
        checkEntry(room);
        rooms.moderation().checkMute(user, room);
    }

    private static <T> CompletionStage<T> permitted(Runnable check, Supplier<CompletionStage<T>> action) {
        try {
            check.run();
        } catch (RefusedException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return action.get();
    }

    /** As {@link Rooms#open}. */
    public CompletionStage<Room> open(RoomName room) {
        return permitted(() -> checkEntry(room), () -> rooms.open(room));
    }

    /** As {@link Rooms#send}. */
    public CompletionStage<Message> send(RoomName room, Draft draft) {
        return permitted(() -> checkSpeech(room), () -> rooms.send(room, draft));
    }

    /**
     * As {@link Rooms#amend}; a deletion of another's message is recorded. A muted author may still delete their own
     * messages, since that adds nothing to the room.
     */
    public CompletionStage<Message> amend(RoomName room, Draft change) {
        return permitted(
                () -> {
                    if (change.kind() == Kind.DELETE) {
                        checkEntry(room);
                    } else {
                        checkSpeech(room);
                    }
                },
                () -> rooms.amend(room, change, target -> overrule(room, target)));
    }

    private CompletionStage<?> overrule(RoomName room, Message target) {
        rooms.moderation().checkMute(user, room);
        return rooms.moderation().recordDeletion(user, target);
    }

    /** As {@link Rooms#history}. */
    public CompletionStage<List<Message>> history(RoomName room, long before, int limit) {
        return permitted(() -> checkEntry(room), () -> rooms.history(room, before, limit));
    }

    /** As {@link Rooms#message}. */
    public CompletionStage<Message> message(RoomName room, UUID id) {
        return permitted(() -> checkEntry(room), () -> rooms.message(room, id));
    }

    /**
     * As {@link MessageLog#revisions}.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) to those who may not audit
     */
    public CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return permitted(
                () -> {
                    checkEntry(room);
                    rooms.moderation().checkAudit(user);
                },
                () -> rooms.revisions(room, id));
    }

    /**
     * Gives, and for a {@link Signal.Read} keeps, a signal about this visitor, as {@link Rooms#signal}; who is muted
     * gives none of their writing.
     */
    public void signal(RoomName room, Signal signal) {
        if (signal instanceof Signal.Typing) {
            checkSpeech(room);
        } else {
            checkEntry(room);
        }
        if (signal instanceof Signal.Read read) {
            rooms.marks().note(read.author(), room, read.upTo());
        }
        rooms.signal(room, signal);
    }

    /**
     * Is present in a room, under the name of that author.
     *
     * @throws RefusedException where they may not come in
     */
    public Presence.Stay enter(RoomName room, Author as) {
        Presence.Stay attendance = attend(room);
        Presence.Stay stay = rooms.presence().enter(room, as);
        return () -> {
            stay.end();
            attendance.end();
        };
    }

    /**
     * Notes that the connection is in a room or follows it, until the end of what is returned.
     *
     * @throws RefusedException where they may not come in
     */
    public Presence.Stay attend(RoomName room) {
        attended.merge(room, 1, Integer::sum);
        AtomicBoolean left = new AtomicBoolean();
        Presence.Stay attendance = () -> {
            if (left.compareAndSet(false, true)) {
                attended.computeIfPresent(room, (name, times) -> times == 1 ? null : times - 1);
            }
        };
        try {
            // Only now: whoever is banned in between is found in the room.
            checkEntry(room);
        } catch (RefusedException refusal) {
            attendance.end();
            throw refusal;
        }
        return attendance;
    }

    /** Closes the connection. A failure is logged, so that the others who are to be closed are closed. */
    void eject(Ejection ejection) {
        if (!ended.get()) {
            try {
                door.accept(ejection);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "connection=" + connection + " was not closed: " + ejection.reason(), e);
            }
        }
    }

    /** The connection has ended; calling it again does nothing. */
    public void end() {
        if (ended.compareAndSet(false, true)) {
            rooms.roomSessions().remove(this);
        }
    }
}
