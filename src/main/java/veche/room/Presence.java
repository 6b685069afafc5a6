package veche.room;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import veche.room.cluster.NodeId;

/**
 * Tracks the members of each room on all nodes. A member with several connections, on one node or several, counts once.
 * Thread-safe.
 */
public final class Presence {
    /**
     * A member.
     *
     * @param connections the number of its connections on this node
     * @param elsewhere the other nodes to which it is connected
     */
    private record Member(Author author, int connections, Set<NodeId> elsewhere) {
        Member connected(Author as, int count) {
            return new Member(as, count, elsewhere);
        }

        /** Whether it is connected to any node. */
        boolean present() {
            return connections > 0 || !elsewhere.isEmpty();
        }
    }

    /** Reports the members on this node to the others, in the order of the changes of a room. Must not block. */
    interface Reporter {
        /** An author has its first connection on this node, or another display name. */
        void entered(RoomName room, Author author);

        /** An author has no connection on this node any more. */
        void left(RoomName room, Author author);
    }

    private final Map<RoomName, Map<String, Member>> rooms = new ConcurrentHashMap<>();
    private final BiConsumer<RoomName, Signal> signals;
    private final Reporter reporter;

    Presence(BiConsumer<RoomName, Signal> signals, Reporter reporter) {
        this.signals = signals;
        this.reporter = reporter;
    }

    /** The presence of one connection in a room. */
    @FunctionalInterface
    public interface Stay {
        /** Leaves the room. Idempotent. */
        void end();
    }

    /** Changes a member; null stands for none. */
    @FunctionalInterface
    private interface Change {
        @Nullable
        Member of(@Nullable Member former);
    }

    /**
     * Adds a connection of an author to a room. A {@link Signal.Joined} is emitted for the author's first connection
     * and for one whose display name differs from that of the previous one.
     */
    public Stay enter(RoomName room, Author author) {
        change(room, author.id(), former -> {
            Member present = former == null ? new Member(author, 0, Set.of()) : former;
            if (present.connections() == 0 || !present.author().equals(author)) {
                reporter.entered(room, author);
            }
            return present.connected(author, present.connections() + 1);
        });
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                leave(room, author);
            }
        };
    }

    private void leave(RoomName room, Author author) {
        change(room, author.id(), former -> {
            if (former == null) {
                return null;
            }
            if (former.connections() == 1) {
                reporter.left(room, former.author());
            }
            return former.connected(former.author(), former.connections() - 1);
        });
    }

    /** An author has its first connection on another node, or another display name there. */
    void enteredElsewhere(NodeId node, RoomName room, Author author) {
        change(room, author.id(), former -> {
            Set<NodeId> elsewhere = new HashSet<>(former == null ? Set.of() : former.elsewhere());
            elsewhere.add(node);
            return new Member(author, former == null ? 0 : former.connections(), Set.copyOf(elsewhere));
        });
    }

    /** An author has no connection on another node any more. */
    void leftElsewhere(NodeId node, RoomName room, String author) {
        change(room, author, former -> former == null ? null : without(former, node));
    }

    private static Member without(Member member, NodeId node) {
        Set<NodeId> elsewhere = new HashSet<>(member.elsewhere());
        elsewhere.remove(node);
        return new Member(member.author(), member.connections(), Set.copyOf(elsewhere));
    }

    /** These are all members of a room on another node. */
    void replaceElsewhere(NodeId node, RoomName room, Collection<Author> authors) {
        Set<String> present = new HashSet<>();
        authors.forEach(author -> {
            present.add(author.id());
            enteredElsewhere(node, room, author);
        });
        forget(node, room, present);
    }

    /** Another node has no members any more, except in the given rooms. */
    void forget(NodeId node, Set<RoomName> except) {
        rooms.keySet().stream().filter(room -> !except.contains(room)).forEach(room -> forget(node, room, Set.of()));
    }

    private void forget(NodeId node, RoomName room, Set<String> except) {
        List<String> gone = rooms.getOrDefault(room, Map.of()).entrySet().stream()
                .filter(member -> member.getValue().elsewhere().contains(node))
                .map(Map.Entry::getKey)
                .filter(author -> !except.contains(author))
                .toList();
        gone.forEach(author -> leftElsewhere(node, room, author));
    }

    /** Passes the members on this node of each room; changes of the room are reported before or after. */
    void reportAll(BiConsumer<RoomName, List<Author>> report) {
        rooms.keySet()
                .forEach(room -> rooms.computeIfPresent(room, (name, members) -> {
                    report.accept(
                            name,
                            members.values().stream()
                                    .filter(member -> member.connections() > 0)
                                    .map(Member::author)
                                    .toList());
                    return members;
                }));
    }

    private void change(RoomName room, String author, Change change) {
        AtomicReference<@Nullable Signal> emitted = new AtomicReference<>();
        rooms.compute(room, (name, members) -> {
            Map<String, Member> present = members == null ? new ConcurrentHashMap<>() : members;
            Member former = present.get(author);
            Member changed = change.of(former);
            if (changed != null && changed.present()) {
                present.put(author, changed);
                if (former == null || !former.author().equals(changed.author())) {
                    emitted.set(new Signal.Joined(changed.author()));
                }
            } else if (former != null) {
                present.remove(author);
                emitted.set(new Signal.Left(former.author()));
            }
            return present.isEmpty() ? null : present;
        });
        Signal signal = emitted.get();
        if (signal != null) {
            signals.accept(room, signal);
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
