package veche.room;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Tracks the members of each room. A member with several connections counts once. Thread-safe. */
public final class Presence {
    private record Member(Author author, int connections) {}

    private final Map<RoomName, Map<String, Member>> rooms = new ConcurrentHashMap<>();
    private final BiConsumer<RoomName, Signal> signals;

    Presence(BiConsumer<RoomName, Signal> signals) {
        this.signals = signals;
    }

    /** The presence of one connection in a room. */
    @FunctionalInterface
    public interface Stay {
        /** Leaves the room. Idempotent. */
        void end();
    }

    /**
     * Adds a connection of an author to a room. A {@link Signal.Joined} is emitted for the author's first connection
     * and for one whose display name differs from that of the previous one.
     */
    public Stay enter(RoomName room, Author author) {
        AtomicBoolean announced = new AtomicBoolean();
        rooms.compute(room, (name, members) -> {
            Map<String, Member> present = members == null ? new ConcurrentHashMap<>() : members;
            Member former = present.get(author.id());
            present.put(author.id(), new Member(author, former == null ? 1 : former.connections() + 1));
            announced.set(former == null || !former.author().equals(author));
            return present;
        });
        if (announced.get()) {
            signals.accept(room, new Signal.Joined(author));
        }
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                leave(room, author);
            }
        };
    }

    private void leave(RoomName room, Author author) {
        AtomicBoolean removed = new AtomicBoolean();
        rooms.computeIfPresent(room, (name, members) -> {
            Member left = members.computeIfPresent(
                    author.id(),
                    (id, was) -> was.connections() == 1 ? null : new Member(was.author(), was.connections() - 1));
            removed.set(left == null);
            return members.isEmpty() ? null : members;
        });
        if (removed.get()) {
            signals.accept(room, new Signal.Left(author));
        }
    }

    /** Up to {@code limit} members of a room, without duplicates. */
    public List<Author> members(RoomName room, int limit) {
        return present(room).stream().map(Member::author).limit(limit).toList();
    }

    /** The number of members of a room, without duplicates. */
    public int count(RoomName room) {
        return present(room).size();
    }

    /** The rooms with members. */
    Set<RoomName> rooms() {
        return Set.copyOf(rooms.keySet());
    }

    private Collection<Member> present(RoomName room) {
        return rooms.getOrDefault(room, Map.of()).values();
    }
}
