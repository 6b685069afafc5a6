package veche.bench.load;

import java.io.IOException;

/** A measurement under a kind of load. */
interface Measurement {
    /** Opens connections, measures, prints the figures, and closes the connections. */
    void measure(ClientPool pool) throws IOException, InterruptedException;
}
