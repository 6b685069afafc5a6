package veche.log.cluster;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;
import veche.room.cluster.ClusterNode;
import veche.room.cluster.NodeId;
import veche.room.cluster.NodeReport;

/**
 * A backbone of tables in PostgreSQL, and of a relay if there is one. The database knows the nodes, and carries parcels
 * as mail while the relay does not work: what waits for a node is written in one row, which that node deletes. One
 * thread works on a connection of its own, another one with the relay.
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
    private final Semaphore work = new Semaphore(0);
    private final PostgresqlClaims claims = new PostgresqlClaims(work::release);
    private final ConnectionThread thread;
    private final ParcelExchange exchange;
    private final long startedAt = System.nanoTime();
    private volatile Supplier<NodeReport> report = () -> NodeReport.EMPTY;
    private volatile boolean reportDue;
    private volatile List<ClusterNode> nodes = List.of();
    /** Confined to the thread, as the following fields. */
    private NodeId self;

    private Set<UUID> others = Set.of();
    private boolean joined;
    private boolean interrupted;
    private long heartbeatAt;

    /** A backbone without a relay. */
    public PostgresqlBackbone(DataSource dataSource, Wakeup wakeup, Timing timing, ThreadFactory threads, String name) {
        this(dataSource, wakeup, ParcelRelay.NONE, timing, threads, name);
    }

    /**
     * @param dataSource one connection of it is used permanently
     * @param wakeup closed with this backbone
     * @param relay closed with this backbone
     * @param name of this node
     */
    public PostgresqlBackbone(
            DataSource dataSource,
            Wakeup wakeup,
            ParcelRelay relay,
            Timing timing,
            ThreadFactory threads,
            String name) {
        this.wakeup = wakeup;
        this.timing = timing;
        this.thread = new ConnectionThread(dataSource, threads, this::run, this::failed);
        this.name = name;
        this.self = new NodeId(UUID.randomUUID(), name);
        this.exchange = new ParcelExchange(self, relay, threads, work::release);
    }

    @Override
    public void listen(Listener added) {
        exchange.start(added);
        thread.start();
        wakeup.listen(work::release);
    }

    @Override
    public Set<NodeId> others() {
        return exchange.others();
    }

    @Override
    public void send(NodeId to, byte[] parcel) {
        exchange.send(to, parcel);
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
    public Status status() {
        return exchange.status();
    }

    /** The relay if it carries all parcels of this node. */
    @Override
    public String carrier() {
        Status now = status();
        return now.available() && now.relayed() == others().size() ? now.relay() : "postgresql";
    }

    /** Claims that are decided with this backbone. */
    public Claims claims() {
        return claims;
    }

    private void run(Connection connection) throws SQLException, InterruptedException {
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
        interrupted = true;
    }

    private void step(MailRows rows) throws SQLException, InterruptedException {
        if (!joined
                || reportDue
                || System.nanoTime() - heartbeatAt >= timing.heartbeat().toNanos()) {
            updateMembership(rows);
        }
        if (interrupted) {
            // A crash of the database loses mail.
            interrupted = false;
            exchange.neighbours().forEach(neighbour -> neighbour.outgoing().mailInterrupted());
        }
        if (rows.send(exchange.neighbours())) {
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
        others = present.stream().map(NodeId::incarnation).collect(Collectors.toUnmodifiableSet());
        exchange.members(self, present);
    }

    private void receive(MailRows rows) throws SQLException {
        if (exchange.isBehind()) {
            return;
        }
        List<ParcelBatch> mail = rows.receive(self);
        if (mail.stream().anyMatch(batch -> !others.contains(batch.sender()))) {
            updateMembership(rows);
        }
        exchange.mailed(mail);
    }

    @Override
    public void close() {
        thread.close(work::release);
        exchange.close();
        wakeup.close();
    }
}
