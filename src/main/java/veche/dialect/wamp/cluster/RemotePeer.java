package veche.dialect.wamp.cluster;

import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.router.Delivery;
import veche.dialect.wamp.router.Peer;
import veche.room.cluster.NodeId;

/** A client of another node, to which messages are sent as parcels. Thread-safe. */
abstract class RemotePeer implements Peer {
    private static final System.Logger LOG = System.getLogger(RemotePeer.class.getName());

    private final NodeId node;

    RemotePeer(NodeId node) {
        this.node = node;
    }

    @Override
    public void deliver(Delivery delivery) {
        // It has no subscriptions here.
    }

    @Override
    public String connection() {
        return node.name();
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        // The node of the client ends its session.
    }

    @Override
    public void end(String reason, @Nullable String text) {
        // The node of the client ends its session.
    }

    @Override
    public void fail(Throwable cause) {
        LOG.log(Level.ERROR, "A message for a client of node " + node + " was not sent", cause);
    }
}
