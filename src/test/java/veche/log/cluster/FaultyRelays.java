package veche.log.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Relays in this process that can be made to fail. Thread-safe. */
final class FaultyRelays {
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    private record Datagram(UUID inbox, byte[] content) {}

    private final Map<UUID, ParcelRelay.Receiver> receivers = new ConcurrentHashMap<>();
    private final Queue<Datagram> held = new ArrayDeque<>();
    private final Random random = new Random(7);
    private double faults;
    private boolean holding;
    private boolean dropping;

    /** From now on, so many of the datagrams are lost, repeated, or overtaken: from 0 to 1. */
    synchronized void fault(double share) {
        faults = share;
    }

    /** Loses everything from now on. */
    synchronized void drop(boolean everything) {
        dropping = everything;
    }

    /** Keeps all datagrams, as a suspended server does. */
    synchronized void hold() {
        holding = true;
    }

    /** Delivers what was kept. */
    synchronized void resume() {
        holding = false;
        held.forEach(this::deliver);
        held.clear();
    }

    private synchronized void send(Datagram datagram) {
        if (holding) {
            held.add(datagram);
        } else if (!dropping) {
            sendWithFaults(datagram);
        }
    }

    private void sendWithFaults(Datagram datagram) {
        double fate = random.nextDouble() / 3;
        if (fate > faults) {
            deliver(datagram);
            held.forEach(this::deliver);
            held.clear();
        } else if (fate > faults * 2 / 3) {
            deliver(datagram);
            deliver(datagram);
        } else if (fate > faults / 3) {
            held.add(datagram);
        }
    }

    private void deliver(Datagram datagram) {
        ParcelRelay.Receiver receiver = receivers.get(datagram.inbox());
        if (receiver != null) {
            receiver.received(datagram.content().clone());
        }
    }

    /** @param mute whether it receives, but loses what it sends */
    ParcelRelay relay(boolean mute) {
        return new Relay(mute);
    }

    private final class Relay implements ParcelRelay {
        private final boolean mute;
        private UUID own = UUID.randomUUID();
        private Receiver receiver;

        Relay(boolean mute) {
            this.mute = mute;
        }

        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public Duration timeout() {
            return TIMEOUT;
        }

        @Override
        public synchronized void listen(Receiver added) {
            receiver = added;
            receivers.put(own, added);
        }

        @Override
        public synchronized void receiveAt(UUID inbox) {
            receivers.remove(own);
            own = inbox;
            if (receiver != null) {
                receivers.put(own, receiver);
            }
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void send(UUID inbox, byte[] datagram) {
            if (!mute) {
                FaultyRelays.this.send(new Datagram(inbox, datagram));
            }
        }

        @Override
        public synchronized void close() {
            receivers.remove(own);
        }
    }
}
