package veche.faults;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Follows some rooms, and sends messages to them by requests, each again with its key until it is acknowledged. */
abstract class RequestClient extends SocketClient {
    private static final int ANSWER_SECONDS = 5;
    private static final int MAX_PAUSE_MILLIS = 120;
    /** One of so many messages is followed by a change to another node. */
    private static final int CHANGES = 100;

    private record Unsent(String key, String room) {}

    private final List<String> rooms;
    private final Map<String, CompletableFuture<String>> pending = new ConcurrentHashMap<>();
    /** Confined to the client's thread. */
    private Optional<Unsent> open = Optional.empty();

    private int requests;
    private int count;
    private volatile boolean settled;
    private volatile boolean complete;

    RequestClient(FaultLoad load, String user, String subprotocol, List<String> rooms) {
        super(load, user, subprotocol);
        this.rooms = List.copyOf(rooms);
    }

    public final List<String> rooms() {
        return rooms;
    }

    /** From now on, it sends nothing new, and does not change the node without need. */
    public final void settle() {
        settled = true;
    }

    /** Whether all that it has sent was acknowledged, and it sends nothing more. */
    final boolean isComplete() {
        return complete;
    }

    @Override
    final void session(TextLink connection, int node) throws IOException, InterruptedException {
        for (String room : rooms) {
            follow(connection, node, room);
        }
        while (connection.isOpen() && !hasEnded()) {
            if (open.isEmpty() && !settled) {
                String room = rooms.get(random().nextInt(rooms.size()));
                open = Optional.of(new Unsent(user() + "-" + ++count, room));
            }
            if (open.isPresent() && send(connection, node, open.get())) {
                open = Optional.empty();
            }
            complete = settled && open.isEmpty();
            Thread.sleep(random().nextInt(MAX_PAUSE_MILLIS));
            if (!settled && random().nextInt(CHANGES) == 0) {
                return;
            }
        }
    }

    private boolean send(TextLink connection, int node, Unsent message) throws IOException, InterruptedException {
        long attempt = history().attempt(message.key(), user(), message.room(), connection.name(), node);
        String answer = exchange(connection, id -> request(id, message.room(), message.key()));
        return record(attempt, answer);
    }

    /** Subscribes to the messages of a room. */
    abstract void follow(TextLink connection, int node, String room) throws IOException, InterruptedException;

    /** The request to store a message, whose key is its text. */
    abstract String request(String id, String room, String key);

    /** Records the answer to an attempt; returns whether the message was stored. */
    abstract boolean record(long attempt, String answer);

    /** Sends a request with a unique id and returns its answer. */
    final String exchange(TextLink connection, UnaryOperator<String> request) throws IOException, InterruptedException {
        String id = user() + "-request-" + ++requests;
        CompletableFuture<String> answer = new CompletableFuture<>();
        pending.put(id, answer);
        try {
            connection.send(request.apply(id));
            connection.onEnd(() -> answer.completeExceptionally(new IOException("Closed")));
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No answer", e);
        } finally {
            pending.remove(id);
        }
    }

    /** Returns an answer to the one who waits for it; one that is late is dropped. */
    final void answered(String id, String answer) {
        CompletableFuture<String> expected = pending.get(id);
        if (expected != null) {
            expected.complete(answer);
        }
    }
}
