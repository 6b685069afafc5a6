package veche.dialect.wamp.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import veche.dialect.wamp.TestRealm;
import veche.dialect.wamp.auth.Anonymous;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.MessageLog;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;
import veche.room.cluster.NodeId;

/** Nodes in one process, each with a realm; their logs are separate, but their backbone and claims are not. */
final class MemoryCluster implements AutoCloseable {
    private final Map<NodeId, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, Map<Long, Owned>> claims = new LinkedHashMap<>();
    private long lastNumber;

    private record Owned(Claims.Claim claim, Node node) {}

    /** Starts a node that joins the others. */
    synchronized Node start() {
        return new Node("node" + (nodes.size() + 1));
    }

    @Override
    public void close() {
        List.copyOf(nodes.values()).forEach(Node::end);
    }

    private synchronized Claims.Decision decide(Claims.Claim claim, Node node) {
        Map<Long, Owned> present = claims.computeIfAbsent(claim.name(), name -> new LinkedHashMap<>());
        for (Owned other : present.values()) {
            if (claim.exclusive()
                    || other.claim().exclusive()
                    || !other.claim().mode().equals(claim.mode())) {
                return new Claims.Decision.Refused(other.claim().mode());
            }
        }
        present.put(claim.holder(), new Owned(claim, node));
        return new Claims.Decision.Granted(++lastNumber);
    }

    private synchronized void forget(String name, long holder) {
        claims.getOrDefault(name, new LinkedHashMap<>()).remove(holder);
    }

    private synchronized void forget(Node node) {
        claims.values().forEach(all -> all.values().removeIf(owned -> owned.node() == node));
    }

    /** A node, which receives parcels on a thread of its own. */
    final class Node implements Backbone, Claims {
        private final NodeId id;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final List<Runnable> withheld = new ArrayList<>();
        private final List<Byte> channels = new ArrayList<>();
        private boolean losing;
        private boolean withholding;
        private Listener listener;
        final TestRealm realm;

        Node(String name) {
            id = new NodeId(UUID.randomUUID(), name);
            MessageLog log = Logs.memory(LogLimits.DEFAULT);
            realm = new TestRealm(TestRealm.SETTINGS, List.of(new Anonymous()), connected(log));
            realm.rooms.joinCluster();
            List<Node> present = List.copyOf(nodes.values());
            nodes.put(id, this);
            present.forEach(other -> {
                other.thread.execute(() -> other.listener.joined(id));
                thread.execute(() -> listener.joined(other.id));
            });
        }

        private MessageLog connected(MessageLog log) {
            return (MessageLog) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {MessageLog.class}, (proxy, method, args) -> {
                        if (method.getName().equals("backbone")
                                || method.getName().equals("claims")) {
                            return this;
                        }
                        try {
                            return method.invoke(log, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        /** Ends abruptly. */
        void end() {
            nodes.remove(id);
            forget(this);
            nodes.values().forEach(other -> other.thread.execute(() -> other.listener.lost(id)));
            thread.shutdownNow();
            realm.close();
        }

        /** Parcels of this node are lost, until {@link #recover}. */
        void lose() {
            losing = true;
        }

        /** The others ask for the state of this node. */
        void recover() {
            losing = false;
            others().forEach(other -> thread.execute(() -> listener.joined(other)));
        }

        /** Parcels of this node are delayed, until {@link #deliver}. */
        synchronized void withhold() {
            withholding = true;
        }

        synchronized void deliver() {
            withholding = false;
            withheld.forEach(Runnable::run);
            withheld.clear();
        }

        /** The number of parcels that this node has sent on a channel. */
        synchronized long sent(char channel) {
            return channels.stream().filter(one -> one == channel).count();
        }

        @Override
        public void listen(Listener added) {
            listener = added;
        }

        @Override
        public Set<NodeId> others() {
            return nodes.keySet().stream().filter(node -> !node.equals(id)).collect(Collectors.toSet());
        }

        @Override
        public synchronized void send(NodeId to, byte[] parcel) {
            Node target = nodes.get(to);
            channels.add(parcel[0]);
            if (target != null && !losing) {
                Runnable delivery = () -> target.thread.execute(() -> target.listener.received(id, parcel));
                if (withholding) {
                    withheld.add(delivery);
                } else {
                    delivery.run();
                }
            }
        }

        @Override
        public CompletionStage<Decision> claim(Claim claim, Runnable lost) {
            return CompletableFuture.supplyAsync(() -> decide(claim, this), thread);
        }

        @Override
        public CompletionStage<Void> release(String name, long holder) {
            return CompletableFuture.runAsync(() -> forget(name, holder), thread);
        }

        @Override
        public void close() {
            // end() has stopped the thread.
        }
    }
}
