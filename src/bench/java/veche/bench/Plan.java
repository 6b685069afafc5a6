package veche.bench;

import java.util.List;
import java.util.Set;
import veche.bench.load.Over;
import veche.bench.report.Section;
import veche.bench.server.Server;
import veche.bench.server.Server.Trait;

/**
 * What is measured, in which order, for how long.
 *
 * @param measures in the order of the table
 * @param warmup seconds of load before each measurement
 * @param seconds measured; latency for longer
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
                        Measure.oneTopic(Over.TOPIC, SUBSCRIBERS, 16, 128),
                        Measure.topicLatency(SUBSCRIBERS),
                        Measure.oneTopic(Over.ROOM, SUBSCRIBERS, 128),
                        Measure.calls(CALLERS, 1, 16, 128)),
                2,
                3,
                Set.of());
    }

    /** Below 6 minutes: the central figures of Veche on Payara and of the fastest peers; WAMP only where it is named. */
    static Plan brief() {
        return new Plan(
                List.of(
                        Measure.oneRoom(500, 16, 128).forAll(),
                        Measure.latency(500),
                        Measure.connects(64),
                        Measure.durable(1_000),
                        Measure.oneTopic(Over.TOPIC, SUBSCRIBERS, 128),
                        Measure.calls(CALLERS, 1, 128)),
                1.5,
                2,
                Set.of("ws", "payara", "socketio", "together"));
    }

    /** What permessage-deflate costs where it is agreed on, below 5 minutes. */
    static Plan deflate() {
        return new Plan(
                List.of(Measure.idle(2_000), Measure.talked(2_000, false), Measure.talked(2_000, true)),
                1,
                1,
                Set.of("payara", "tomcat"));
    }

    /** A percentile needs more messages than a mean, and at a fixed rate few come in a second. */
    double seconds(Measure measure) {
        return measure.kind() == Measure.Kind.LATENCY ? LATENCY_TIMES * seconds : seconds;
    }

    /** Whether a server takes part when nobody names servers. */
    boolean has(Server server) {
        return quick.isEmpty() || quick.contains(server.id());
    }

    /** What of the plan is for a server. */
    List<Measure> of(Server server, boolean everyRow) {
        return measures.stream()
                .filter(measure -> everyRow || measure.central() || !server.is(Trait.BRIEF))
                .filter(measure -> !needsLog(measure) || server.is(Trait.DURABLE))
                .filter(measure -> isFor(measure, server, everyRow))
                .toList();
    }

    private static boolean needsLog(Measure measure) {
        return measure.kind() == Measure.Kind.DURABLE
                || measure.section() == Section.WAMP && measure.over() == Over.ROOM;
    }

    /** Routers chat too when all is asked for. */
    private static boolean isFor(Measure measure, Server server, boolean everyRow) {
        return measure.section() == Section.WAMP ? server.is(Trait.WAMP) : everyRow || !server.is(Trait.WAMP);
    }
}
