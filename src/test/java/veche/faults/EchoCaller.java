package veche.faults;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageType;

/** Calls the procedure of another client, one call after the other. */
final class EchoCaller extends WampClient {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int PAUSE_MILLIS = 50;
    private static final int STAY = 200;
    /** How long after the timeout of a call its answer may arrive, since the node may be suspended. */
    private static final Duration SUSPENSION = Duration.ofSeconds(20);

    /** The calls that were answered, by the request ids of a connection. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    private int count;

    EchoCaller(FaultLoad load, String user) {
        super(load, user);
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        for (int i = 0; i < STAY && connection.isOpen() && !hasEnded(); i++) {
            call(connection, i + 1);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void call(WampLink connection, int request) throws IOException, InterruptedException {
        String call = user() + "-" + ++count;
        long now = System.nanoTime();
        long patience = TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS) + SUSPENSION.toNanos();
        history().add(new Observation.Called(call, now + patience, now));
        answered.put(connection.name() + "/" + request, call);
        CompletableFuture<Void> answer = connection
                .request(
                        MessageType.CALL,
                        "{\"timeout\":" + TIMEOUT_MILLIS + "},\"" + load().procedure() + "\",[\"" + call + "\"]")
                .handle((message, failure) -> {
                    String kind = failure == null ? message.toString() : "connection ended";
                    history().add(new Observation.Answered(call, kind, System.nanoTime()));
                    return null;
                });
        try {
            answer.get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No answer", e);
        }
    }

    /** A further answer to a call. */
    @Override
    void received(String connection, JsonArray message) {
        int type = message.getInt(0);
        if (type == MessageType.RESULT || type == MessageType.ERROR) {
            String call = answered.get(connection + "/" + message.getInt(type == MessageType.RESULT ? 1 : 2));
            if (call != null) {
                history().add(new Observation.Answered(call, message.toString(), System.nanoTime()));
            }
        }
    }
}
