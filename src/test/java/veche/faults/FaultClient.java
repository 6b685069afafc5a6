package veche.faults;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.Random;
import veche.testing.Token;

/** A client that connects to a node at random, and to another one when its connection ends. It has its own thread. */
abstract class FaultClient {
    private static final int PAUSE_MILLIS = 100;
    private static final int END_MILLIS = 30_000;

    private final FaultLoad load;
    private final String user;
    private final String token;
    private final Random random;
    private final Thread thread;
    private volatile boolean ended;
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
                try {
                    connect(
                            user + "#" + ++links,
                            pinned.orElseGet(() -> random.nextInt(load.cluster().size())));
                } catch (IOException connectionLost) {
                    // The next attempt is to another node.
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Connects and works; returns when the connection has ended, or is no longer needed or useful.
     *
     * @param link the name of the connection, unique in the run
     */
    abstract void connect(String link, int node) throws IOException, InterruptedException;

    /** Breaks the present connection. */
    abstract void reset();

    FaultLoad load() {
        return load;
    }

    RunHistory history() {
        return load.history();
    }

    Random random() {
        return random;
    }

    public String user() {
        return user;
    }

    String token() {
        return token;
    }

    /** Whether it still needs a connection. */
    boolean hasWork() {
        return !ended;
    }

    boolean hasEnded() {
        return ended;
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
