package veche.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** All open connections of this node. Thread-safe. */
public class SessionRegistry {
    private static final int REMEMBERED = 50;

    private final Map<String, Dialogue> open = new ConcurrentHashMap<>();
    private final Deque<Gone> gone = new ArrayDeque<>(REMEMBERED);
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * One open connection as it was when it was asked after. Immutable.
     *
     * @param id unique on this node: what log lines name
     * @param author the id of whose it is
     * @param name how they call themselves
     * @param dialect the subprotocol, or the endpoint's path where none was agreed on
     * @param rooms the rooms that it follows, some of them where they are many
     * @param address the client's IP address, as trusted proxies tell it
     * @param since when it opened
     * @param pendingBytes what waits for it, private or of its rooms
     * @param stalled how long it has not taken what it was given; zero where it takes it
     * @param sentMessages WebSocket messages to it
     * @param sentBytes bytes of their content
     * @param receivedMessages WebSocket messages from it
     * @param wire the way out, by class name
     */
    public record Snapshot(
            String id,
            String author,
            String name,
            String dialect,
            List<String> rooms,
            String address,
            Instant since,
            long pendingBytes,
            Duration stalled,
            long sentMessages,
            long sentBytes,
            long receivedMessages,
            String wire) {}

    /** A connection that has ended: with which code (0 where nobody told), and the reason where we gave one. */
    public record Gone(String id, String author, String name, String dialect, Instant at, int code, String reason) {}

    void add(Dialogue dialogue) {
        open.put(dialogue.id(), dialogue);
    }

    void remove(Dialogue dialogue) {
        if (open.remove(dialogue.id()) != null) {
            remember(dialogue);
        }
    }

    private void remember(Dialogue dialogue) {
        Connection.Ending ending = dialogue.ending();
        Gone left = new Gone(
                dialogue.id(),
                dialogue.opening().author().id(),
                dialogue.opening().author().name(),
                dialect(dialogue),
                Instant.now(),
                ending.code(),
                ending.reason());
        lock.lock();
        try {
            if (gone.size() == REMEMBERED) {
                gone.removeLast();
            }
            gone.addFirst(left);
        } finally {
            lock.unlock();
        }
    }

    Collection<Dialogue> all() {
        return open.values();
    }

    /** How many connections are open. */
    public int size() {
        return open.size();
    }

    /** The connections that ended last, the newest first. */
    public List<Gone> gone() {
        lock.lock();
        try {
            return List.copyOf(gone);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Up to {@code limit} open connections, those first for whom most waits, then the newest. Costs nothing until it is
     * asked for; the stage completes once every connection's carrier has told.
     */
    public CompletionStage<List<Snapshot>> snapshot(int limit) {
        record Ranked(Dialogue dialogue, long pending) {}
        List<CompletableFuture<Snapshot>> taken = open.values().stream()
                .map(dialogue -> new Ranked(dialogue, dialogue.connection().pendingBytes()))
                .sorted(Comparator.comparingLong(Ranked::pending)
                        .thenComparing(ranked -> ranked.dialogue().connection().since())
                        .reversed())
                .limit(limit)
                .map(ranked -> take(ranked.dialogue()).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new))
                .thenApply(done -> taken.stream().map(CompletableFuture::join).toList());
    }

    private static CompletionStage<Snapshot> take(Dialogue dialogue) {
        Connection connection = dialogue.connection();
        return connection
                .state()
                .thenApply(state -> new Snapshot(
                        dialogue.id(),
                        dialogue.opening().author().id(),
                        dialogue.opening().author().name(),
                        dialect(dialogue),
                        state.rooms(),
                        dialogue.opening().remoteAddress(),
                        connection.since(),
                        state.pendingBytes(),
                        Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(state.stalledNanos())),
                        state.sentMessages(),
                        state.sentBytes(),
                        dialogue.heard(),
                        connection.wire().getClass().getSimpleName()));
    }

    private static String dialect(Dialogue dialogue) {
        String subprotocol = dialogue.opening().subprotocol();
        return subprotocol.isEmpty() ? dialogue.opening().uri().getPath() : subprotocol;
    }
}
