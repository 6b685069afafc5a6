package veche.bench.load;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/** Clients in their rooms exchange messages: the warm-up, the measurement, then the remaining deliveries. */
abstract class MessageLoop implements Listener {
    private static final double SECOND = 1e9;
    private static final long DRAIN = (long) (8 * SECOND);
    private static final int SIGNIFICANT_DIGITS = 3;

    /** The parameters of the measurement. */
    protected final Scenario scenario;

    private final Window.Unit unit;
    private final byte kind;
    private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
    private final long origin = System.nanoTime();
    private long counted;
    private boolean measuring;
    private boolean stopped;

    /** The {@code number}th loop of the scenario. */
    MessageLoop(Scenario scenario, Window.Unit unit, int number) {
        this.scenario = scenario;
        this.unit = unit;
        kind = (byte) ('a' + number);
    }

    /** Sends the first messages. */
    abstract void begin(ClientPool pool) throws IOException;

    /** Continues sending and receiving for a number of nanoseconds. */
    abstract void proceed(ClientPool pool, long nanos) throws IOException;

    /** Runs the loop and returns its figures. */
    final Figures measure(ClientPool pool) throws IOException {
        pool.resetCounters();
        pool.setListener(this);
        begin(pool);
        proceed(pool, (long) (scenario.warmup() * SECOND));
        Figures figures = new Figures();
        measuring = true;
        Window window = new Window(new ServerProcess(scenario.pid(), scenario.gc()), unit, counted);
        proceed(pool, (long) (scenario.seconds() * SECOND));
        window.close(counted, figures);
        measuring = false;
        stopped = true;
        pool.until(DRAIN, () -> missing(pool) == 0, () -> {});
        return figures.latency(nanos).put("missing", missing(pool)).losses(pool.losses());
    }

    /** The number of deliveries still expected; negative after duplicates. */
    long missing(ClientPool pool) {
        long missing = 0;
        for (Room room : pool.rooms()) {
            long sent = room.sent();
            for (Client client : room.members) {
                missing += sent - client.received;
            }
        }
        return missing;
    }

    /** Whether the text at {@code at} was sent by this loop, not by a probe or an earlier loop. */
    final boolean isOurs(byte[] bytes, int at) {
        return ChatText.kind(bytes, at) == kind;
    }

    /** Counts a delivery or result. */
    final void count(Client client) {
        counted++;
        client.received++;
    }

    /** Records the latency of the message at {@code at}, during the measurement only. */
    final void record(byte[] bytes, int at) {
        if (measuring) {
            nanos.recordValue(Math.max(0, now() - ChatText.nanos(bytes, at)));
        }
    }

    /** Sends a message of a client with the send time {@code nanos}; does nothing after the loop has stopped. */
    final void send(Client client, long nanos) {
        if (!stopped) {
            client.send(kind, client.sent++, nanos);
        }
    }

    /** Nanoseconds since the loop was created. */
    final long now() {
        return System.nanoTime() - origin;
    }
}
