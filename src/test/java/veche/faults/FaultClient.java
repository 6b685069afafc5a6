package veche.faults;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Random;
import veche.testing.Token;

/** A WAMP client that connects to a node at random, and to another one when its connection ends. */
abstract class FaultClient {
    private static final int PAUSE_MILLIS = 100;
    private static final int END_MILLIS = 30_000;

    private final FaultLoad load;
    private final String user;
    private final String token;
    private final Random random;
    private final Thread thread;
    private volatile boolean ended;
    private volatile WampLink link;
    private OptionalInt pinned = OptionalInt.empty();
    private int links;

    /** @param user unique in the run */
    FaultClient(FaultLoad load, String user, String... roles) {
        this.load = load;
        this.user = user;
        this.token = Token.of(user, user, roles);
        this.random = load.random(user);
        this.thread = new Thread(this::run, user);
        thread.setDaemon(true);
    }

    /** Lets it use one node only; to be called before it starts. */
    void pin(int node) {
        pinned = OptionalInt.of(node);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (hasWork()) {
                connect();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect() throws InterruptedException {
        int node = pinned.orElseGet(() -> random.nextInt(load.cluster().size()));
        String name = user + "#" + ++links;
        try (WampLink opened =
                new WampLink(name, load.cluster().node(node).chat(), token, event -> received(name, event))) {
            link = opened;
            session(opened, node);
            load.history().add(new Observation.Disconnected(name, System.nanoTime()));
        } catch (IOException connectionLost) {
            // The next attempt is to another node.
        }
    }

    /** The work on a connection; returns when it is no longer needed or useful. */
    abstract void session(WampLink connection, int node) throws IOException, InterruptedException;

    /** Any message that is no answer to a request; called by the connection's thread. */
    void received(String connection, JsonArray message) {}

    FaultLoad load() {
        return load;
    }

    RunHistory history() {
        return load.history();
    }

    Random random() {
        return random;
    }

    String user() {
        return user;
    }

    /** Whether it still needs a connection. */
    boolean hasWork() {
        return !ended;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Breaks the present connection. */
    void reset() {
        WampLink current = link;
        if (current != null) {
            current.close();
        }
    }

    /** The present or the last connection; null before the first one. */
    WampLink link() {
        return link;
    }

    /** Asks the client to end when it has done its work. */
    void end() {
        ended = true;
    }

    /** Ends the client; blocks until it has done its work, within limits. */
    void stop() throws InterruptedException {
        end();
        thread.join(END_MILLIS);
        reset();
        thread.interrupt();
        thread.join(END_MILLIS);
    }
}
