package veche.faults;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sends messages at a constant rate, whether the earlier ones were acknowledged or not; failed ones are sent again. */
final class SteadyWriter extends WampClient {
    private static final int PAUSE_MILLIS = 20;

    private record Unsent(String key, String room) {}

    private final Queue<Unsent> failed = new ConcurrentLinkedQueue<>();
    private int count;
    private volatile boolean complete;

    SteadyWriter(FaultLoad load, String user) {
        super(load, user);
    }

    @Override
    boolean hasWork() {
        return !complete;
    }

    @Override
    void session(WampLink connection, int node) throws InterruptedException {
        Queue<Unsent> open = new ConcurrentLinkedQueue<>();
        while (connection.isOpen() && !complete) {
            Unsent next = failed.poll();
            if (next == null && !hasEnded()) {
                next = new Unsent(
                        user() + "-" + ++count,
                        load().rooms().get(random().nextInt(load().rooms().size())));
            }
            if (next != null) {
                open.add(next);
                send(connection, node, next, open);
            }
            complete = hasEnded() && open.isEmpty() && failed.isEmpty();
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void send(WampLink connection, int node, Unsent message, Queue<Unsent> open) {
        long attempt = history().attempt(message.key(), user(), message.room(), connection.name(), node);
        connection
                .call(
                        "veche.send",
                        "[],{\"room\":\"" + message.room() + "\",\"text\":\"" + message.key() + "\",\"key\":\""
                                + message.key() + "\"}")
                .whenComplete((answer, failure) -> {
                    if (failure != null || !RoomWriter.record(history(), attempt, answer)) {
                        failed.add(message);
                    }
                    open.remove(message);
                });
    }
}
