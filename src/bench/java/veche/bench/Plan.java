package veche.bench;

import java.util.List;
import java.util.Set;
import veche.bench.load.WampTarget;
import veche.bench.report.Section;
import veche.bench.server.Server;
import veche.bench.server.Server.Trait;

/**
 * The measures, their order and their duration.
 *
 * @param measures the measures in the order of the table
 * @param warmup seconds of load before each measurement
 * @param seconds duration of a measurement; longer for latency
 * @param quick the servers of the plan; empty for all
 */
record Plan(List<Measure> measures, double warmup, double seconds, Set<String> quick) {
    private static final int SUBSCRIBERS = 500;
    private static final int CALLERS = 16;
    private static final int LATENCY_TIMES = 5;

    /** About half an hour on two cores. */
    static Plan full() {
        return new Plan(
                List.of(
                        Measure.idle(10_000),
                        Measure.oneRoom(500, 16, 128).forAll(),
                        Measure.oneRoom(500, 1, 1_024),
                        Measure.oneRoom(100, 16, 128),
                        Measure.oneRoom(2_000, 16, 128),
                        Measure.latency(500),
                        Measure.connects(64),
                        Measure.durable(1_000),
                        Measure.manyRooms(1_000, 1, 16),
                        Measure.oneRoom(10_000, 16, 128),
                        Measure.oneTopic(WampTarget.TOPIC, SUBSCRIBERS, 16, 128),
                        Measure.topicLatency(SUBSCRIBERS),
                        Measure.oneTopic(WampTarget.ROOM, SUBSCRIBERS, 128),
                        Measure.calls(CALLERS, 1, 16, 128)),
                2,
                3,
                Set.of());
    }

    /** Less than 6 minutes: central figures of Veche on Payara and the fastest peers; WAMP if requested by server. */
    static Plan brief() {
        return new Plan(
                List.of(
                        Measure.oneRoom(500, 16, 128).forAll(),
                        Measure.latency(500),
                        Measure.connects(64),
                        Measure.durable(1_000),
                        Measure.oneTopic(WampTarget.TOPIC, SUBSCRIBERS, 128),
                        Measure.calls(CALLERS, 1, 128)),
                1.5,
                2,
                Set.of("ws", "payara", "socketio", "together"));
    }

    /** Less than 5 minutes: the memory that permessage-deflate requires. */
    static Plan deflate() {
        return new Plan(
                List.of(Measure.idle(2_000), Measure.afterSending(2_000, false), Measure.afterSending(2_000, true)),
                1,
                1,
                Set.of("payara", "tomcat"));
    }

    /** Latency is measured longer: a percentile requires more messages than a mean, and the fixed rate is low. */
    double seconds(Measure measure) {
        return measure.kind() == Measure.Kind.LATENCY ? LATENCY_TIMES * seconds : seconds;
    }

    /** Whether a server is measured if the options list no servers. */
    boolean has(Server server) {
        return quick.isEmpty() || quick.contains(server.id());
    }

    /** The measures of a server. */
    List<Measure> of(Server server, boolean everyRow) {
        return measures.stream()
                .filter(measure -> everyRow || measure.central() || !server.is(Trait.BRIEF))
                .filter(measure -> !needsLog(measure) || server.is(Trait.DURABLE))
                .filter(measure -> isFor(measure, server, everyRow))
                .toList();
    }

    private static boolean needsLog(Measure measure) {
        return measure.kind() == Measure.Kind.DURABLE
                || measure.section() == Section.WAMP && measure.wampTarget() == WampTarget.ROOM;
    }

    /** Routers are measured as chat servers only if every row is requested. */
    private static boolean isFor(Measure measure, Server server, boolean everyRow) {
        return measure.section() == Section.WAMP ? server.is(Trait.WAMP) : everyRow || !server.is(Trait.WAMP);
    }
}
