package veche.faults;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageType;

/** Bans one user after the other while they send messages. */
final class Moderator extends WampClient {
    private static final int ANSWER_SECONDS = 5;
    private static final int BEFORE_MILLIS = 1_000;
    private static final int AFTER_MILLIS = 5_000;

    private BannedWriter victim;
    private int count;

    Moderator(FaultLoad load, String user) {
        super(load, user, "moderator");
    }

    @Override
    boolean hasWork() {
        return !hasEnded() || victim != null;
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        if (victim == null && !hasEnded()) {
            victim = new BannedWriter(load(), user() + "-" + ++count);
            victim.start();
            Thread.sleep(BEFORE_MILLIS);
        }
        if (victim != null) {
            ban(connection);
            Thread.sleep(AFTER_MILLIS);
            victim.stop();
            victim = null;
        }
    }

    private void ban(WampLink connection) throws IOException, InterruptedException {
        try {
            JsonArray answer = connection
                    .call("veche.ban", "[\"user:" + victim.user() + "\"],{\"seconds\":3600}")
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (answer.getInt(0) != MessageType.RESULT) {
                throw new IOException(answer.toString());
            }
            history().add(new Observation.Banned(victim.user(), System.nanoTime()));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No answer", e);
        }
    }
}
