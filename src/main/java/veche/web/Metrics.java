package veche.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.stream.IntStream;
import veche.delivery.TrafficCounters;
import veche.dialect.CloseCode;
import veche.room.Rooms;
import veche.socket.SessionRegistry;

/**
 * What Veche tells Prometheus: connections, rooms, messages, deliveries, closes by code, bytes that wait, the wire in
 * use, and the JVM. All is read when asked; nothing is measured on the way of a message. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    /** Ends that the client or its network chose, beside those that we send: no code given, lost (RFC 6455 §7.4.1). */
    private static final List<Integer> NOT_OURS = List.of(1005, 1006);

    private static final Duration[] BOUNDS = IntStream.of(
                    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final List<String> WIRES =
            List.of("GrizzlyTransport", "TyrusTransport", "TomcatTransport", "UndertowTransport", "StandardTransport");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer commits;
    private final Timer deliveries;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MetricsAccess access;

    /** @param access who may read them */
    public Metrics(SessionRegistry sessions, Rooms rooms, TrafficCounters traffic, MetricsAccess access) {
        this.access = access;
        gauges(sessions, rooms, traffic);
        counters(rooms, traffic);
        commits = latency("veche.commit", "From sending a message until it is durable");
        deliveries = latency(
                "veche.delivery", "From a message's time until it is handed to a client's socket, for some of them");
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

    /** How many were at most so long, for each bound in seconds, since start: the histogram of messages made durable. */
    Map<Double, Long> commitLatency() {
        return histogram(commits);
    }

    /** The same of messages delivered. */
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
                .description("What waits for single clients")
                .register(meters);
        for (String transport : WIRES) {
            Gauge.builder("veche.transport", traffic, all -> all.transports().contains(transport) ? 1 : 0)
                    .tag("transport", transport)
                    .description("Whether this way out of the container has been used")
                    .register(meters);
        }
    }

    private void counters(Rooms rooms, TrafficCounters traffic) {
        FunctionCounter.builder("veche.messages", rooms, Rooms::sequence)
                .description("Messages that came into the rooms of this node")
                .register(meters);
        FunctionCounter.builder("veche.deliveries", traffic, TrafficCounters::frames)
                .description("WebSocket messages sent, counted once for each client")
                .register(meters);
        FunctionCounter.builder("veche.delivered", traffic, TrafficCounters::bytes)
                .baseUnit("bytes")
                .description("Content of the WebSocket messages sent")
                .register(meters);
        for (CloseCode code : CloseCode.values()) {
            closes(traffic, code.number());
        }
        NOT_OURS.forEach(code -> closes(traffic, code));
    }

    private void closes(TrafficCounters traffic, int code) {
        FunctionCounter.builder("veche.closes", traffic, all -> all.closes().getOrDefault(code, 0L))
                .tag("code", Integer.toString(code))
                .description("Connections that ended, by close code")
                .register(meters);
    }

    /** Where others add what they know. */
    public MeterRegistry registry() {
        return meters;
    }

    MetricsAccess access() {
        return access;
    }

    /** All of it in Prometheus's text format. */
    String scrape() {
        return meters.scrape();
    }

    /** Lets go of the JVM's notifications, which would keep the web application's classes after it is gone. */
    @Override
    public void close() {
        collections.close();
        meters.close();
    }
}
