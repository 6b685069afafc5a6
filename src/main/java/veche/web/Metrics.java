package veche.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import veche.delivery.TrafficCounters;
import veche.dialect.CloseCode;
import veche.limit.ClientMemory;
import veche.limit.Refusals;
import veche.room.MessageLog;
import veche.room.Rooms;
import veche.room.cluster.Backbone;
import veche.socket.SessionRegistry;

/**
 * The metrics for Prometheus: connections, rooms, messages, deliveries, closes by code, pending bytes, the transport in
 * use, latencies, and the JVM. Gauges and counters are read on each scrape; only latencies are recorded on the message
 * path. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    /** Codes that no Close frame carries: no status received, and connection lost (RFC 6455 §7.4.1). */
    private static final List<Integer> NEVER_SENT = List.of(1005, 1006);

    private static final Duration[] BOUNDS = IntStream.of(
                    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final List<String> TRANSPORTS =
            List.of("GrizzlyTransport", "TyrusTransport", "TomcatTransport", "UndertowTransport", "StandardTransport");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer commits;
    private final Timer deliveries;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MetricsAccess access;

    /** @param access the authorization for reading the metrics */
    public Metrics(
            SessionRegistry sessions, Rooms rooms, TrafficCounters traffic, Refusals refusals, MetricsAccess access) {
        this.access = access;
        gauges(sessions, rooms, traffic);
        counters(rooms, traffic);
        refusals.counters().forEach(this::limited);
        commits = latency("veche.commit", "Time from the send of a message to its commit");
        deliveries = latency(
                "veche.delivery", "Time from a message's timestamp to its hand-over to a client's socket, sampled");
        rooms.onCommit(nanos -> commits.record(nanos, TimeUnit.NANOSECONDS));
        traffic.onDelivery(millis -> deliveries.record(Math.max(0, millis), TimeUnit.MILLISECONDS));
        collections.bindTo(meters);
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(meters));
    }

    private Timer latency(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BOUNDS)
                .register(meters);
    }

    /** The cumulative histogram of commit latency since the start: counts by upper bound in seconds. */
    Map<Double, Long> commitLatency() {
        return histogram(commits);
    }

    /** The cumulative histogram of delivery latency since the start: counts by upper bound in seconds. */
    Map<Double, Long> deliveryLatency() {
        return histogram(deliveries);
    }

    private static Map<Double, Long> histogram(Timer timer) {
        Map<Double, Long> counts = new TreeMap<>();
        HistogramSnapshot snapshot = timer.takeSnapshot();
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            counts.put(bucket.bucket(TimeUnit.SECONDS), (long) bucket.count());
        }
        counts.put(Double.POSITIVE_INFINITY, snapshot.count());
        return counts;
    }

    private void gauges(SessionRegistry sessions, Rooms rooms, TrafficCounters traffic) {
        Gauge.builder("veche.connections", sessions, SessionRegistry::size)
                .description("Open WebSocket connections")
                .register(meters);
        Gauge.builder("veche.rooms", rooms, Rooms::open)
                .description("Rooms that are open on this node")
                .register(meters);
        Gauge.builder("veche.pending", traffic, TrafficCounters::pendingBytes)
                .baseUnit("bytes")
                .description("Bytes queued for single clients")
                .register(meters);
        for (String transport : TRANSPORTS) {
            Gauge.builder("veche.transport", traffic, all -> all.transports().contains(transport) ? 1 : 0)
                    .tag("transport", transport)
                    .description("Whether this transport has been used since the start")
                    .register(meters);
        }
    }

    private void counters(Rooms rooms, TrafficCounters traffic) {
        FunctionCounter.builder("veche.messages", rooms, Rooms::sequence)
                .description("Messages added to the rooms of this node")
                .register(meters);
        FunctionCounter.builder("veche.deliveries", traffic, TrafficCounters::frames)
                .description("WebSocket messages sent, counted once per client")
                .register(meters);
        FunctionCounter.builder("veche.delivered", traffic, TrafficCounters::bytes)
                .baseUnit("bytes")
                .description("Content of the WebSocket messages sent")
                .register(meters);
        for (CloseCode code : CloseCode.values()) {
            closes(traffic, code.number());
        }
        NEVER_SENT.forEach(code -> closes(traffic, code));
    }

    private void closes(TrafficCounters traffic, int code) {
        FunctionCounter.builder("veche.closes", traffic, all -> all.closes().getOrDefault(code, 0L))
                .tag("code", Integer.toString(code))
                .description("Closed connections, by close code")
                .register(meters);
    }

    /** Adds a gauge for each part of what is held on behalf of clients, and one for its limit. */
    public void bind(ClientMemory memory) {
        for (ClientMemory.Part part : ClientMemory.Part.values()) {
            Gauge.builder("veche.client.memory", memory, account -> account.bytes(part))
                    .tag("part", part.label())
                    .baseUnit("bytes")
                    .description("Heap held on behalf of clients, by what it is held for")
                    .register(meters);
        }
        Gauge.builder("veche.client.memory.limit", memory, ClientMemory::limit)
                .baseUnit("bytes")
                .description("Maximum heap held on behalf of clients")
                .register(meters);
    }

    /** Adds gauges for the space that the stored messages take. */
    public void bind(MessageLog log) {
        Gauge.builder("veche.log.used", log, one -> one.space().used())
                .baseUnit("bytes")
                .description("Bytes that the stored messages occupy")
                .register(meters);
        Gauge.builder("veche.log.full", log, one -> one.space().full() ? 1 : 0)
                .description("Whether new messages are refused for lack of space")
                .register(meters);
        FunctionCounter.builder(
                        "veche.outbox.delivered", log, one -> one.outbox().delivered())
                .description("Messages that this node has moved from the outbox to their rooms")
                .register(meters);
        FunctionCounter.builder("veche.outbox.refused", log, one -> one.outbox().refused())
                .description("Rows of the outbox that this node has refused")
                .register(meters);
        if (log.outbox().reachable().isPresent()) {
            Gauge.builder(
                            "veche.outbox.reachable",
                            log,
                            one -> one.outbox().reachable().orElse(false) ? 1 : 0)
                    .description("Whether the outbox in another database could be read the last time")
                    .register(meters);
        }
        bindFeed(log);
    }

    private void bindFeed(MessageLog log) {
        TimeGauge.builder(
                        "veche.feed.age",
                        log,
                        TimeUnit.NANOSECONDS,
                        one -> one.following().map(feed -> feed.age().toNanos()).orElse(0L))
                .description("Time since this node last knew of all that the nodes of its database have committed")
                .register(meters);
        Gauge.builder(
                        "veche.feed.signals",
                        log,
                        one -> one.following()
                                .filter(MessageLog.Following::signals)
                                .map(feed -> 1)
                                .orElse(0))
                .description("Whether the signals of other nodes arrive; without, this node polls more often")
                .register(meters);
        Gauge.builder("veche.nodes", log, one -> 1 + one.backbone().others().size())
                .description("The nodes of the cluster that this node knows, itself included")
                .register(meters);
        bindBackbone(log.backbone());
    }

    private void bindBackbone(Backbone backbone) {
        Gauge.builder(
                        "veche.backbone",
                        backbone,
                        one -> one.others().size() - one.status().relayed())
                .tag("transport", "postgresql")
                .description("The other nodes that this node sends parcels to, by what carries them")
                .register(meters);
        String relay = backbone.status().relay();
        if (!relay.isEmpty()) {
            Gauge.builder("veche.backbone", backbone, one -> one.status().relayed())
                    .tag("transport", relay)
                    .description("The other nodes that this node sends parcels to, by what carries them")
                    .register(meters);
            Gauge.builder(
                            "veche.backbone.available",
                            backbone,
                            one -> one.status().available() ? 1 : 0)
                    .tag("transport", relay)
                    .description("Whether what this node sends to itself arrives in time")
                    .register(meters);
        }
        FunctionCounter.builder(
                        "veche.backbone.losses", backbone, one -> one.status().losses())
                .description("How often parcels were lost, so that a node sent its state again")
                .register(meters);
    }

    private void limited(String limit, LongAdder refused) {
        FunctionCounter.builder("veche.limited", refused, LongAdder::sum)
                .tag("limit", limit)
                .description("Requests refused by a limit, by the name of its setting without veche.limit.")
                .register(meters);
    }

    /** The registry for additional meters. */
    public MeterRegistry registry() {
        return meters;
    }

    MetricsAccess access() {
        return access;
    }

    /** All metrics in Prometheus's text format. */
    String scrape() {
        return meters.scrape();
    }

    /** Removes the listeners for JVM notifications, which would otherwise leak the web application's class loader. */
    @Override
    public void close() {
        collections.close();
        meters.close();
    }
}
