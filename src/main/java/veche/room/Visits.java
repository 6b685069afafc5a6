package veche.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody who is here now, on this node. Thread-safe. */
public final class Visits {
    private final Set<Visit> all = ConcurrentHashMap.newKeySet();

    Visits() {}

    void add(Visit visit) {
        all.add(visit);
    }

    void remove(Visit visit) {
        all.remove(visit);
    }

    /** All at this moment. */
    public Collection<Visit> all() {
        return Set.copyOf(all);
    }

    /** Those of one author. */
    List<Visit> of(String author) {
        return all.stream()
                .filter(visit -> visit.visitor().author().id().equals(author))
                .toList();
    }

    /** Closes the connections of those whose proof of identity has ended. To be called about once a second. */
    public void expire(Instant now) {
        for (Visit visit : all) {
            if (visit.visitor().expired(now)) {
                visit.eject(Ejection.EXPIRED);
            }
        }
    }

    /** Closes the connections of the author concerned: all, or, where the ruling has a room, those that are in it. */
    int eject(Ruling ruling) {
        int ejected = 0;
        RoomName room = ruling.room();
        for (Visit visit : of(ruling.author())) {
            if (room == null || visit.attended().contains(room)) {
                visit.eject(Ejection.by(ruling));
                ejected++;
            }
        }
        return ejected;
    }
}
