package veche.log.cluster;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;
import veche.room.cluster.ClusterNode;
import veche.room.cluster.NodeId;
import veche.room.cluster.NodeReport;

/**
 * A backbone of tables in PostgreSQL, for a few nodes: parcels are collected and written in one row for each target,
 * which the target deletes. One thread does all the work, on a connection of its own.
 */
public final class PostgresqlBackbone implements Backbone {
    private static final System.Logger LOGGER = System.getLogger("veche.cluster");
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(5);

    /**
     * The intervals of a node.
     *
     * @param heartbeat how often it renews its row and looks for other nodes
     * @param lease how long it is considered alive after that
     * @param poll how often it looks for parcels while signals do not arrive
     */
    public record Timing(Duration heartbeat, Duration lease, Duration poll) {
        /** A heartbeat of 1 s and a lease of 5 s. */
        public static Timing polling(Duration poll) {
            return new Timing(HEARTBEAT, LEASE, poll);
        }
    }

    private final Wakeup wakeup;
    private final Timing timing;
    private final String name;
    private final Map<UUID, Neighbour> neighbours = new ConcurrentHashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final PostgresqlClaims claims = new PostgresqlClaims(work::release);
    private final ConnectionThread thread;
    private final long startedAt = System.nanoTime();
    private volatile Supplier<NodeReport> report = () -> NodeReport.EMPTY;
    private volatile boolean reportDue;
    private volatile List<ClusterNode> nodes = List.of();
    /** Confined to the thread, as the following fields. */
    private NodeId self;

    private boolean joined;
    private long heartbeatAt;
    private Listener listener = new NoListener();

    /**
     * @param dataSource one connection of it is used permanently
     * @param wakeup closed with this backbone
     * @param name of this node
     */
    public PostgresqlBackbone(DataSource dataSource, Wakeup wakeup, Timing timing, ThreadFactory threads, String name) {
        this.wakeup = wakeup;
        this.timing = timing;
        this.thread = new ConnectionThread(dataSource, threads, this::exchange, this::failed);
        this.name = name;
        this.self = new NodeId(UUID.randomUUID(), name);
    }

    private static final class NoListener implements Listener {
        @Override
        public void joined(NodeId node) {}

        @Override
        public void lost(NodeId node) {}

        @Override
        public void received(NodeId from, byte[] parcel) {}
    }

    @Override
    public void listen(Listener added) {
        listener = added;
        thread.start();
        wakeup.listen(work::release);
    }

    @Override
    public Set<NodeId> others() {
        return neighbours.values().stream().map(Neighbour::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void send(NodeId to, byte[] parcel) {
        Neighbour neighbour = neighbours.get(to.incarnation());
        if (neighbour != null) {
            neighbour.add(parcel);
            work.release();
        }
    }

    @Override
    public void report(Supplier<NodeReport> supplier) {
        report = supplier;
        reportDue = true;
        work.release();
    }

    @Override
    public List<ClusterNode> nodes() {
        return nodes;
    }

    @Override
    public String carrier() {
        return "postgresql";
    }

    /** Claims that are decided with this backbone. */
    public Claims claims() {
        return claims;
    }

    private void exchange(Connection connection) throws SQLException, InterruptedException {
        MailRows rows = new MailRows(connection);
        while (!thread.isClosed()) {
            step(rows);
            claims.step(connection, self);
        }
        rows.removeNode(self);
        wakeup.signal();
    }

    private void failed(Exception failure) {
        LOGGER.log(Level.WARNING, "The backbone failed and connects again: {0}", failure.getMessage());
        claims.interrupted();
        neighbours.values().forEach(Neighbour::loseSent);
    }

    private void step(MailRows rows) throws SQLException, InterruptedException {
        if (!joined
                || reportDue
                || System.nanoTime() - heartbeatAt >= timing.heartbeat().toNanos()) {
            updateMembership(rows);
        }
        neighbours.values().stream().filter(Neighbour::takeLoss).forEach(neighbour -> listener.joined(neighbour.id()));
        if (rows.send(self, neighbours.values())) {
            wakeup.signal();
        }
        receive(rows);
        Duration wait = wakeup.isReliable() ? timing.heartbeat() : timing.poll();
        if (work.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    /**
     * A node whose row is missing was considered lost, because it was suspended: it joins as a new one. After a pause
     * of all nodes, such as one of the database, none removes others until they have had time to renew their rows.
     */
    private void updateMembership(MailRows rows) throws SQLException {
        boolean steady =
                joined && System.nanoTime() - heartbeatAt < timing.lease().toNanos();
        reportDue = false;
        NodeReport latest = report.get();
        if (!rows.renew(self, latest)) {
            if (joined) {
                loseAll();
                self = new NodeId(UUID.randomUUID(), name);
            }
            rows.addNode(self, latest, Duration.ofNanos(System.nanoTime() - startedAt));
        }
        joined = true;
        heartbeatAt = System.nanoTime();
        if (steady) {
            rows.removeExpired(timing.lease());
        }
        nodes = rows.others(self);
        Set<NodeId> present = nodes.stream().map(ClusterNode::id).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<NodeId> former = new LinkedHashSet<>(others());
        former.stream().filter(node -> !present.contains(node)).forEach(this::lose);
        present.stream().filter(node -> !former.contains(node)).forEach(this::join);
    }

    private void join(NodeId node) {
        LOGGER.log(Level.INFO, "node={0} joined", node);
        neighbours.put(node.incarnation(), new Neighbour(node));
        listener.joined(node);
    }

    private void loseAll() {
        others().forEach(this::lose);
    }

    private void lose(NodeId node) {
        LOGGER.log(Level.INFO, "node={0} lost", node);
        neighbours.remove(node.incarnation());
        listener.lost(node);
    }

    private void receive(MailRows rows) throws SQLException {
        List<MailRows.Mail> mails = rows.receive(self);
        if (mails.stream().anyMatch(mail -> !neighbours.containsKey(mail.sender()))) {
            updateMembership(rows);
        }
        for (MailRows.Mail mail : mails) {
            Neighbour sender = neighbours.get(mail.sender());
            if (sender != null) {
                receive(sender, mail);
            }
        }
    }

    private void receive(Neighbour sender, MailRows.Mail mail) {
        if (!sender.follows(mail.ordinal())) {
            sender.requestState();
            work.release();
        }
        BiConsumer<Boolean, byte[]> consumer = (isRequest, parcel) -> {
            if (isRequest) {
                listener.joined(sender.id());
            } else {
                listener.received(sender.id(), parcel);
            }
        };
        Neighbour.unpack(mail.parcels(), consumer);
    }

    @Override
    public void close() {
        thread.close(work::release);
        wakeup.close();
    }
}
