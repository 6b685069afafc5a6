package veche.log.cluster;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;

/**
 * Orders what arrives by mail and by the relay, and chooses between them for what is sent: the relay as long as probes
 * and acknowledgements prove, for each other node, that it works in both directions, otherwise mail. All calls of the
 * listener happen on the one thread of this. Thread-safe.
 */
final class ParcelExchange {
    private static final System.Logger LOGGER = System.getLogger("veche.cluster");
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_QUEUED_MAIL = 64;

    private final ParcelRelay relay;
    private final RelayRoute route;
    private final Duration patience;
    private final Runnable mailAdded;
    private final ServiceThread thread;
    private final Map<UUID, Neighbour> neighbours = new ConcurrentHashMap<>();
    private final ParcelEvents events = new ParcelEvents();
    private final AtomicLong losses = new AtomicLong();
    /** The ids of the neighbours. */
    private volatile Set<NodeId> others = Set.of();
    /** Set before the thread starts. */
    private Backbone.Listener listener = new NoListener();
    /** Confined to the thread once it has started. */
    private NodeId self;

    /**
     * @param self this node
     * @param relay closed with this
     * @param mailAdded called when there is something for {@link Outgoing#nextMail}; must not block
     */
    ParcelExchange(NodeId self, ParcelRelay relay, ThreadFactory threads, Runnable mailAdded) {
        this.relay = relay;
        this.self = self;
        this.route = new RelayRoute(relay, mailAdded);
        // Longer than the sender needs to notice that the relay has failed, and to repeat by mail.
        this.patience =
                relay == ParcelRelay.NONE ? Duration.ZERO : relay.timeout().multipliedBy(3);
        this.mailAdded = mailAdded;
        this.thread = new ServiceThread(threads, this::run, CLOSE_TIMEOUT);
    }

    private static final class NoListener implements Backbone.Listener {
        @Override
        public void joined(NodeId node) {}

        @Override
        public void lost(NodeId node) {}

        @Override
        public void received(NodeId from, byte[] parcel) {}
    }

    void start(Backbone.Listener added) {
        listener = added;
        thread.start();
        relay.receiveAt(self.incarnation());
        relay.listen(new ParcelRelay.Receiver() {
            @Override
            public void received(byte[] datagram) {
                events.add(
                        datagram.length,
                        () -> ParcelBatch.fromDatagram(datagram).ifPresent(batch -> relayed(batch)));
            }

            @Override
            public void changed() {
                events.wake();
            }
        });
    }

    /** The other nodes. */
    Collection<Neighbour> neighbours() {
        return neighbours.values();
    }

    void send(NodeId to, byte[] parcel) {
        Neighbour neighbour = neighbours.get(to.incarnation());
        if (neighbour != null) {
            neighbour.outgoing().add(parcel);
            if (neighbour.outgoing().isRelaying()) {
                events.wake();
            } else {
                mailAdded.run();
            }
        }
    }

    /** The members of the cluster are this node, perhaps as a new incarnation, and these others. */
    void members(NodeId node, Set<NodeId> others) {
        events.add(() -> update(node, others));
    }

    /** Batches were received by mail. */
    void mailed(List<ParcelBatch> batches) {
        if (!batches.isEmpty()) {
            events.add(() -> batches.forEach(this::accept));
        }
    }

    /** Whether mail should be left where it is for a time. */
    boolean isBehind() {
        return events.size() > MAX_QUEUED_MAIL;
    }

    Backbone.Status status() {
        int relayed = (int) neighbours.values().stream()
                .filter(each -> each.outgoing().isRelaying())
                .count();
        return new Backbone.Status(relay.name(), relay.isAvailable(), relayed, losses.get());
    }

    private void run() throws InterruptedException {
        while (!thread.isClosed()) {
            events.await(pause());
            events.run(ParcelExchange::guard);
            neighbours.values().forEach(each -> guard(() -> step(each, System.nanoTime())));
        }
    }

    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "A parcel of another node was not processed", e);
        }
    }

    private Duration pause() {
        return relay == ParcelRelay.NONE ? IDLE : route.pause(neighbours.values());
    }

    private void update(NodeId node, Set<NodeId> present) {
        if (!self.equals(node)) {
            others().forEach(this::lose);
            self = node;
            relay.receiveAt(node.incarnation());
        }
        Set<NodeId> former = new LinkedHashSet<>(others());
        former.stream().filter(each -> !present.contains(each)).forEach(this::lose);
        present.stream().filter(each -> !former.contains(each)).forEach(each -> join(node, each));
    }

    /** As {@link Backbone#others}; called for each event that is published. */
    Set<NodeId> others() {
        return others;
    }

    private void noteOthers() {
        others = neighbours.values().stream().map(Neighbour::id).collect(Collectors.toUnmodifiableSet());
    }

    private void join(NodeId node, NodeId other) {
        LOGGER.log(Level.INFO, "node={0} joined", other);
        neighbours.put(other.incarnation(), new Neighbour(node, other, patience, System.nanoTime()));
        noteOthers();
        listener.joined(other);
    }

    private void lose(NodeId other) {
        LOGGER.log(Level.INFO, "node={0} lost", other);
        neighbours.remove(other.incarnation());
        noteOthers();
        listener.lost(other);
    }

    private void relayed(ParcelBatch batch) {
        Neighbour sender = neighbours.get(batch.sender());
        if (sender == null) {
            return;
        }
        if (batch.ordinal() > 0) {
            sender.relayed(System.nanoTime());
            accept(batch);
        } else {
            ParcelItem.unpack(batch.items()).forEach(item -> route.control(self, sender, item));
        }
    }

    private void accept(ParcelBatch batch) {
        Neighbour sender = neighbours.get(batch.sender());
        if (sender != null) {
            sender.arrivals().accept(batch, System.nanoTime()).forEach(items -> deliver(sender, items));
        }
    }

    private void deliver(Neighbour sender, ByteBuffer items) {
        for (ParcelItem item : ParcelItem.unpack(items)) {
            if (item.kind() == ParcelItem.Kind.REQUEST) {
                listener.joined(sender.id());
            } else if (item.kind() == ParcelItem.Kind.PARCEL) {
                listener.received(sender.id(), item.content());
            }
        }
    }

    private void step(Neighbour neighbour, long now) {
        if (neighbour.arrivals().isGapFinal(now)) {
            losses.incrementAndGet();
            neighbour.outgoing().requestState();
            neighbour.arrivals().skipGap(now).forEach(items -> deliver(neighbour, items));
            mailAdded.run();
        }
        if (neighbour.outgoing().takeStateDue()) {
            losses.incrementAndGet();
            listener.joined(neighbour.id());
        }
        route.step(self, neighbour, now);
    }

    /** Ends the thread and the relay; blocks until they have ended. */
    void close() {
        thread.close(events::wake);
        relay.close();
    }
}
