package veche.faults;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageType;

/** Sends messages to several rooms, and each of them again with its key until it is acknowledged. */
final class RoomWriter extends WampClient {
    private static final int ANSWER_SECONDS = 5;
    private static final int MAX_PAUSE_MILLIS = 60;
    private static final int AT_ONCE = 3;
    /** One of so many acknowledged messages is sent again. */
    private static final int REPEATED = 10;
    /** One of so many groups is followed by a change to another node. */
    private static final int CHANGES = 200;

    private static final Set<String> DEFINITE =
            Set.of("wamp.error.not_authorized", "wamp.error.invalid_argument", "veche.error.rate_limited");

    private record Unsent(String key, String room) {}

    /** Confined to the client's thread. */
    private List<Unsent> open = new ArrayList<>();

    private int count;
    private volatile boolean complete;

    RoomWriter(FaultLoad load, String user) {
        super(load, user);
    }

    /** Whether all that it has sent was acknowledged, and it sends nothing more. */
    boolean isComplete() {
        return complete;
    }

    @Override
    boolean hasWork() {
        return !complete;
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        while (connection.isOpen() && !complete) {
            if (open.isEmpty() && hasEnded()) {
                complete = true;
                return;
            }
            if (open.isEmpty()) {
                compose();
            }
            sendAll(connection, node);
            Thread.sleep(random().nextInt(MAX_PAUSE_MILLIS));
            if (random().nextInt(CHANGES) == 0) {
                return;
            }
        }
    }

    private void compose() {
        for (int i = 0; i < AT_ONCE; i++) {
            String room = load().rooms().get(random().nextInt(load().rooms().size()));
            open.add(new Unsent(user() + "-" + ++count, room));
        }
    }

    /** Sends without awaiting the previous answer, so that the order is up to the server. */
    private void sendAll(WampLink connection, int node) throws IOException, InterruptedException {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Unsent message : open) {
            answers.add(send(connection, node, message));
        }
        List<Unsent> rest = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            boolean stored = awaitAnswer(answers.get(i));
            if (!stored || random().nextInt(REPEATED) == 0) {
                rest.add(open.get(i));
            }
        }
        open = rest;
    }

    private static boolean awaitAnswer(CompletableFuture<Boolean> answer) throws IOException, InterruptedException {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No answer", e);
        }
    }

    /** Completed with whether the message was stored. */
    private CompletableFuture<Boolean> send(WampLink connection, int node, Unsent message) {
        long attempt = history().attempt(message.key(), user(), message.room(), connection.name(), node);
        return connection
                .call(
                        "veche.send",
                        "[],{\"room\":\"" + message.room() + "\",\"text\":\"" + message.key() + "\",\"key\":\""
                                + message.key() + "\"}")
                .thenApply(answer -> record(history(), attempt, answer));
    }

    /** Records the answer to an attempt; returns whether the message was stored. */
    static boolean record(RunHistory history, long attempt, JsonArray answer) {
        if (answer.getInt(0) == MessageType.RESULT) {
            JsonObject stored = answer.getJsonArray(3).getJsonObject(0);
            history.add(new Observation.Acknowledged(
                    attempt,
                    stored.getJsonNumber("position").longValue(),
                    UUID.fromString(stored.getString("id")),
                    System.nanoTime()));
            return true;
        }
        String error = answer.getString(4);
        history.add(new Observation.Refused(attempt, error, DEFINITE.contains(error), System.nanoTime()));
        return false;
    }
}
