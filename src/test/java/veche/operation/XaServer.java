package veche.operation;

import java.io.IOException;

/** A server of Veche and another application, which has JTA. */
interface XaServer {
    /** Host and port. */
    String host();

    /** Starts it again after its process has been killed. */
    void restart() throws IOException;

    /** As {@code kill -9}. */
    void kill() throws InterruptedException;
}
