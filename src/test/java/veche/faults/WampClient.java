package veche.faults;

import jakarta.json.JsonArray;
import java.io.IOException;

/** A client with a WAMP v2 session on each of its connections. */
abstract class WampClient extends FaultClient {
    private volatile WampLink current;

    WampClient(FaultLoad load, String user, String... roles) {
        super(load, user, roles);
    }

    @Override
    final void connect(String link, int node) throws IOException, InterruptedException {
        try (WampLink opened =
                new WampLink(link, load().cluster().node(node).chat(), token(), event -> received(link, event))) {
            current = opened;
            session(opened, node);
            history().add(new Observation.Disconnected(link, System.nanoTime()));
        }
    }

    /** The work on a connection; returns when it is no longer needed or useful. */
    abstract void session(WampLink connection, int node) throws IOException, InterruptedException;

    /** Any message that is no answer to a request; called by the connection's thread. */
    void received(String connection, JsonArray message) {}

    /** The present or the last connection; null before the first one. */
    WampLink link() {
        return current;
    }

    @Override
    void reset() {
        WampLink link = current;
        if (link != null) {
            link.close();
        }
    }
}
