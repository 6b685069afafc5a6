package veche.log.cluster;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import veche.room.cluster.NodeId;

/**
 * Chooses, for each other node, between the relay and mail. A probe that is answered in time proves that the relay works
 * in both directions; from then on, acknowledgements prove it. Confined to the thread of {@link ParcelExchange}.
 */
final class RelayRoute {
    private static final System.Logger LOGGER = System.getLogger("veche.cluster");
    private static final Duration ACKNOWLEDGEMENT_DELAY = Duration.ofMillis(25);
    private static final int STEPS_PER_TIMEOUT = 8;

    private final ParcelRelay relay;
    private final Duration timeout;
    private final Runnable mailAdded;

    /** @param mailAdded called when there is something for {@link Outgoing#nextMail} */
    RelayRoute(ParcelRelay relay, Runnable mailAdded) {
        this.relay = relay;
        this.timeout = relay.timeout();
        this.mailAdded = mailAdded;
    }

    /** How long the next {@link #step} may wait if nothing happens. */
    Duration pause(Collection<Neighbour> neighbours) {
        return neighbours.stream().anyMatch(Neighbour::owesAcknowledgement)
                ? ACKNOWLEDGEMENT_DELAY
                : timeout.dividedBy(STEPS_PER_TIMEOUT);
    }

    /** Sends what is to be relayed to a node, and examines whether it arrives. */
    void step(NodeId self, Neighbour neighbour, long now) {
        Outgoing outgoing = neighbour.outgoing();
        if (!relay.isAvailable()) {
            if (outgoing.isRelaying()) {
                useMail(neighbour);
            }
            return;
        }
        if (neighbour.takeAcknowledgement(now, ACKNOWLEDGEMENT_DELAY)) {
            long received = neighbour.arrivals().received();
            send(self, neighbour, ParcelItem.numbered(ParcelItem.Kind.ACKNOWLEDGEMENT, received));
        }
        if (outgoing.isOverdue(now - timeout.toNanos())) {
            LOGGER.log(Level.WARNING, "node={0} does not acknowledge parcels by {1}", neighbour.id(), relay.name());
            useMail(neighbour);
        } else if (outgoing.isRelaying()) {
            outgoing.nextRelayed(now).forEach(batch -> relay.send(neighbour.id().incarnation(), batch.toDatagram()));
        } else if (neighbour.isProbeDue(now, timeout)) {
            send(self, neighbour, ParcelItem.numbered(ParcelItem.Kind.PROBE, neighbour.nextProbe(now)));
        }
    }

    /** Processes what the route of another node has sent. */
    void control(NodeId self, Neighbour sender, ParcelItem item) {
        switch (item.kind()) {
            case PROBE -> send(self, sender, ParcelItem.numbered(ParcelItem.Kind.ANSWER, item.number()));
            case ANSWER -> answered(sender, item.number());
            case ACKNOWLEDGEMENT -> sender.outgoing().acknowledged(item.number());
            case PARCEL, REQUEST -> LOGGER.log(Level.DEBUG, "node={0} sent parcels without an ordinal", sender.id());
        }
    }

    private void send(NodeId self, Neighbour to, ParcelItem item) {
        ByteBuffer items = ByteBuffer.wrap(ParcelItem.pack(new ArrayDeque<>(List.of(item)), item.size()));
        relay.send(to.id().incarnation(), new ParcelBatch(self.incarnation(), 0, items).toDatagram());
    }

    /** Half of the timeout, so that a relay which is hardly fast enough is not used and given up alternately. */
    private void answered(Neighbour neighbour, long number) {
        boolean inTime = neighbour.isAnswer(number, System.nanoTime(), timeout.dividedBy(2));
        if (inTime && !neighbour.outgoing().isRelaying()) {
            LOGGER.log(Level.INFO, "node={0} parcels={1}", neighbour.id(), relay.name());
            neighbour.outgoing().useRelay();
        }
    }

    private void useMail(Neighbour neighbour) {
        LOGGER.log(Level.INFO, "node={0} parcels=postgresql", neighbour.id());
        neighbour.outgoing().useMail();
        mailAdded.run();
    }
}
