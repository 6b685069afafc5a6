package veche.dialect.wamp.cluster;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.router.Broker;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.EventForwarder;
import veche.dialect.wamp.router.Recipients;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

/**
 * Exchanges events of topics without a log with the other nodes that have subscribers. Events of one publisher arrive in their order; a node
 * that joins receives the retained events. Thread-safe.
 */
public final class ClusterEvents implements EventForwarder, Backbone.Listener {
    private static final System.Logger LOG = System.getLogger(ClusterEvents.class.getName());

    private final Backbone backbone;
    private final Broker broker;
    private final ClusterInterests interests;
    private final Format cbor;

    private ClusterEvents(Backbone backbone, Broker broker, ClusterInterests interests, Format cbor) {
        this.backbone = backbone;
        this.broker = broker;
        this.interests = interests;
        this.cbor = cbor;
    }

    /**
     * Connects a broker to those of the other nodes.
     *
     * @param events the channel of events
     * @param topics the channel of the topics with subscribers
     * @param scheduler ends the wait for other nodes; never blocked
     */
    public static void connect(
            Backbone events, Backbone topics, Broker broker, Format cbor, ScheduledExecutorService scheduler) {
        ClusterInterests interests = new ClusterInterests(topics, cbor, scheduler, broker::forEachTopic);
        topics.listen(interests);
        ClusterEvents exchange = new ClusterEvents(events, broker, interests, cbor);
        events.listen(exchange);
        broker.connect(exchange, interests);
    }

    /** A retained event is sent to all nodes, since any of them may have a subscriber later. */
    @Override
    public void forward(Event event, Recipients recipients, boolean retain) {
        Set<NodeId> nodes = retain ? backbone.others() : interests.interested(event.topic());
        if (nodes.isEmpty()) {
            return;
        }
        EventParcel.Use use = retain ? EventParcel.Use.DELIVER_AND_RETAIN : EventParcel.Use.DELIVER;
        try {
            byte[] parcel = new EventParcel(use, event, recipients).encode(cbor);
            nodes.forEach(node -> backbone.send(node, parcel));
        } catch (UnmappableException e) {
            LOG.log(Level.DEBUG, "The payload of an event cannot be forwarded to other nodes", e);
        }
    }

    @Override
    public void joined(NodeId node) {
        broker.forEachRetained((event, recipients) ->
                backbone.send(node, new EventParcel(EventParcel.Use.RETAIN, event, recipients).encode(cbor)));
    }

    /** Events of a lost node were delivered, and its retained events remain. */
    @Override
    public void lost(NodeId node) {}

    @Override
    public void received(NodeId from, byte[] bytes) {
        EventParcel.decode(cbor, bytes).ifPresent(parcel -> {
            switch (parcel.use()) {
                case DELIVER -> broker.deliverForwarded(parcel.event(), parcel.recipients(), false);
                case DELIVER_AND_RETAIN -> broker.deliverForwarded(parcel.event(), parcel.recipients(), true);
                case RETAIN -> broker.retainForwarded(parcel.event(), parcel.recipients());
            }
        });
    }
}
