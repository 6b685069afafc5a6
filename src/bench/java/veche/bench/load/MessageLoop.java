package veche.bench.load;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/** A crowd that is in its rooms talks for a while: warms up, is measured, then falls silent and is counted. */
abstract class Conversation implements Listener {
    private static final double SECOND = 1e9;
    private static final long DRAIN = (long) (8 * SECOND);
    private static final int SIGNIFICANT_DIGITS = 3;

    /** What was asked for. */
    protected final Scenario scenario;

    private final Window.Unit unit;
    private final byte kind;
    private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
    private final long origin = System.nanoTime();
    private long counted;
    private boolean measuring;
    private boolean silent;

    /** The {@code number}th of the scenario, which counts in this unit. */
    Conversation(Scenario scenario, Window.Unit unit, int number) {
        this.scenario = scenario;
        this.unit = unit;
        kind = (byte) ('a' + number);
    }

    /** Says the first messages. */
    abstract void begin(Crowd crowd) throws IOException;

    /** Goes on talking for so many nanoseconds. */
    abstract void talk(Crowd crowd, long nanos) throws IOException;

    /** Has the conversation and gives what it found. */
    final Figures measure(Crowd crowd) throws IOException {
        crowd.forget();
        crowd.listen(this);
        begin(crowd);
        talk(crowd, (long) (scenario.warmup() * SECOND));
        Figures figures = new Figures();
        measuring = true;
        Window window = new Window(new ServerProcess(scenario.pid(), scenario.gc()), unit, counted);
        talk(crowd, (long) (scenario.seconds() * SECOND));
        window.close(counted, figures);
        measuring = false;
        silent = true;
        crowd.until(DRAIN, () -> missing(crowd) == 0, () -> {});
        return figures.latency(nanos).put("missing", missing(crowd)).losses(crowd.losses());
    }

    /** Deliveries that are still due; negative if something came twice. */
    long missing(Crowd crowd) {
        long missing = 0;
        for (Room room : crowd.rooms()) {
            long said = room.said();
            for (Client client : room.members) {
                missing += said - client.received;
            }
        }
        return missing;
    }

    /** Whether the text at {@code at} belongs to this conversation, not to a roll call or to what came before. */
    final boolean isOurs(byte[] bytes, int at) {
        return ChatText.kind(bytes, at) == kind;
    }

    /** Counts one delivery or result. */
    final void count(Client client) {
        counted++;
        client.received++;
    }

    /** Notes how long the message at {@code at} took, if this is the measured time. */
    final void note(byte[] bytes, int at) {
        if (measuring) {
            nanos.recordValue(Math.max(0, now() - ChatText.nanos(bytes, at)));
        }
    }

    /** Says a message in the name of a client, that counts as said at {@code nanos}; nothing once all is said. */
    final void say(Client client, long nanos) {
        if (!silent) {
            client.say(kind, client.said++, nanos);
        }
    }

    /** Nanoseconds since this conversation was made. */
    final long now() {
        return System.nanoTime() - origin;
    }
}
