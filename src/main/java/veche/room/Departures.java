package veche.room;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import veche.room.cluster.NodeId;

/**
 * Delays the departures of members who may return: those whose connection was interrupted, and those of nodes that are
 * lost. Members who return in time, to any node, have neither left nor joined. Thread-safe.
 */
final class Departures {
    private volatile Duration grace = Duration.ZERO;
    private volatile BiConsumer<Runnable, Duration> timer = (task, delay) -> task.run();
    private volatile boolean ending;
    /** The periods within which the clients of nodes that end are to reconnect. */
    private final Map<NodeId, Duration> windows = new ConcurrentHashMap<>();
    /** The lost nodes whose members have not departed yet, each with its latest loss. */
    private final Map<NodeId, Object> lost = new ConcurrentHashMap<>();

    /**
     * Departures are immediate until this is called.
     *
     * @param by runs a task after a delay
     */
    void delay(Duration period, BiConsumer<Runnable, Duration> by) {
        timer = by;
        grace = period;
    }

    /** This node ends: the other nodes determine when its members have departed. */
    void end() {
        ending = true;
    }

    /** The connection of a member was interrupted. */
    void interrupted(Runnable departure) {
        if (!ending) {
            after(grace, departure);
        }
    }

    /** A node is about to end, and its clients are to reconnect within a period after that. */
    void ends(NodeId node, Duration window) {
        windows.put(node, window);
    }

    /** A node is lost: its members depart unless it is found again. */
    void lost(NodeId node, Runnable departure) {
        Object loss = new Object();
        lost.put(node, loss);
        Duration window = windows.getOrDefault(node, Duration.ZERO);
        after(grace.isZero() ? grace : grace.plus(window), () -> {
            if (lost.remove(node, loss)) {
                windows.remove(node);
                departure.run();
            }
        });
    }

    /** A node is present. */
    void found(NodeId node) {
        lost.remove(node);
    }

    private void after(Duration delay, Runnable departure) {
        if (delay.isZero()) {
            departure.run();
        } else {
            timer.accept(departure, delay);
        }
    }
}
