package veche.bench.load;

import java.io.IOException;

/** One way of putting load on a server. */
interface Measurement {
    /** Does it, from the first connection to the last, and prints what it found. */
    void measure(Crowd crowd) throws IOException, InterruptedException;
}
