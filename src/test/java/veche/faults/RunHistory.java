package veche.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The observations of all clients in one run, those of each client in their order. Thread-safe. */
final class RunHistory {
    private final Queue<Observation> observations = new ConcurrentLinkedQueue<>();
    private final AtomicLong attempts = new AtomicLong();

    RunHistory() {}

    /** A history of these observations. */
    RunHistory(Collection<? extends Observation> observations) {
        this.observations.addAll(observations);
    }

    void add(Observation observation) {
        observations.add(observation);
    }

    /** Records an attempt to send a message and returns its number. */
    long attempt(String key, String author, String room, String link, int node) {
        long number = attempts.incrementAndGet();
        add(new Observation.Attempt(number, key, author, room, link, node, System.nanoTime()));
        return number;
    }

    /** All observations of one type. */
    <T extends Observation> List<T> of(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Observation each : observations) {
            if (type.isInstance(each)) {
                found.add(type.cast(each));
            }
        }
        return found;
    }

    List<Observation> all() {
        return List.copyOf(observations);
    }
}
