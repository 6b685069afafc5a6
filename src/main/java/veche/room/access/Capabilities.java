package veche.room.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rooms and privileges to which a token is limited. Immutable.
 *
 * @param entries those of the token; a room to which several apply has the privileges of all
 */
public record Capabilities(List<Entry> entries) {
    /**
     * Privileges in some rooms.
     *
     * @param rooms the names of the rooms
     * @param privileges the privileges; none is effective without {@link Privilege#READ}
     * @param rank the rank, from 0 to {@value Grant#MAX_RANK}
     */
    public record Entry(List<NameRange> rooms, Set<Privilege> privileges, int rank) {
        /** @throws IllegalArgumentException if the rank is out of range */
        public Entry {
            rooms = List.copyOf(rooms);
            privileges = Set.copyOf(privileges);
            Grant.checkRank(rank);
        }

        /** Privileges of the lowest rank. */
        public Entry(List<NameRange> rooms, Set<Privilege> privileges) {
            this(rooms, privileges, 0);
        }

        private boolean contains(String room) {
            return rooms.stream().anyMatch(range -> range.contains(room));
        }

        private boolean meets(String beginning) {
            return rooms.stream().anyMatch(range -> range.meets(beginning));
        }
    }

    public Capabilities {
        entries = List.copyOf(entries);
    }

    /** The privileges in a room; none unless the room may be entered. */
    public Set<Privilege> of(String room) {
        EnumSet<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        entries.stream().filter(entry -> entry.contains(room)).forEach(entry -> privileges.addAll(entry.privileges()));
        return privileges.contains(Privilege.READ) ? Collections.unmodifiableSet(privileges) : Set.of();
    }

    /** The highest rank in a room; 0 unless the room may be entered. */
    public int rank(String room) {
        return admit(room)
                ? entries.stream()
                        .filter(entry -> entry.contains(room))
                        .mapToInt(Entry::rank)
                        .max()
                        .orElse(0)
                : 0;
    }

    /** Whether the room may be entered. */
    public boolean admit(String room) {
        return entries.stream().anyMatch(entry -> entry.privileges().contains(Privilege.READ) && entry.contains(room));
    }

    /** Whether any room whose name starts with the given text may be entered. Such a room need not exist. */
    public boolean admitAny(String beginning) {
        return entries.stream()
                .anyMatch(entry -> entry.privileges().contains(Privilege.READ) && entry.meets(beginning));
    }
}
