package veche.bench;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import veche.bench.load.Over;
import veche.bench.report.Section;

/**
 * One run of the load generator; each number of messages in flight gives a row of the table.
 *
 * @param section the table for it, and thereby the servers
 * @param over what WAMP clients talk through
 * @param kind what is measured
 * @param clients how many in all
 * @param rooms how many
 * @param senders how many in each room speak
 * @param inFlight messages of each room under way at once
 * @param central whether servers that are measured briefly take part
 */
record Measure(
        Section section,
        Over over,
        Kind kind,
        int clients,
        int rooms,
        int senders,
        List<Integer> inFlight,
        boolean central) {

    /** What can be measured. */
    enum Kind {
        /** Resident memory of connections that wait. */
        IDLE("idle"),
        /** The same where each has said one message. */
        TALKED("idle"),
        /** The same where that message was compressed (RFC 7692). */
        DEFLATED("idle"),
        /** Deliveries a second. */
        THROUGHPUT("closed"),
        /** Delay at a fixed rate. */
        LATENCY("open"),
        /** Handshakes a second. */
        CONNECTS("connect"),
        /** Calls a second through a callee. */
        CALLS("call"),
        /** Messages a second that one client alone gets acknowledged. */
        DURABLE("closed");

        private final String mode;

        Kind(String mode) {
            this.mode = mode;
        }
    }

    /** Resident memory at so many connections. */
    static Measure idle(int clients) {
        return chat(Kind.IDLE, clients, 1, 0, List.of(0), true);
    }

    /** The same after each has said one message to all, compressed or not. */
    static Measure talked(int clients, boolean deflate) {
        return chat(deflate ? Kind.DEFLATED : Kind.TALKED, clients, 1, 0, List.of(0), true);
    }

    /** Deliveries a second in one room with four senders. */
    static Measure oneRoom(int clients, Integer... inFlight) {
        return chat(Kind.THROUGHPUT, clients, 1, 4, List.of(inFlight), false);
    }

    /** Deliveries a second in many rooms with ten clients and one sender each. */
    static Measure manyRooms(int rooms, Integer... inFlight) {
        return chat(Kind.THROUGHPUT, 10 * rooms, rooms, 1, List.of(inFlight), false);
    }

    /** Delay in one room. */
    static Measure latency(int clients) {
        return chat(Kind.LATENCY, clients, 1, 4, List.of(0), true);
    }

    /** Connections a second, so many under way at once. */
    static Measure connects(int atOnce) {
        return chat(Kind.CONNECTS, atOnce, 1, 0, List.of(0), true);
    }

    /** Messages a second stored and acknowledged to one client. */
    static Measure durable(int inFlight) {
        return chat(Kind.DURABLE, 1, 1, 1, List.of(inFlight), true);
    }

    private static Measure chat(
            Kind kind, int clients, int rooms, int senders, List<Integer> inFlight, boolean central) {
        return new Measure(Section.CHAT, Over.ROOM, kind, clients, rooms, senders, inFlight, central);
    }

    /** Deliveries a second to the subscribers of one topic, with four publishers among them. */
    static Measure oneTopic(Over over, int clients, Integer... inFlight) {
        return new Measure(Section.WAMP, over, Kind.THROUGHPUT, clients, 1, 4, List.of(inFlight), true);
    }

    /** Delay to the subscribers of one topic. */
    static Measure topicLatency(int clients) {
        return new Measure(Section.WAMP, Over.TOPIC, Kind.LATENCY, clients, 1, 4, List.of(0), false);
    }

    /** Calls a second of so many callers to one callee. */
    static Measure calls(int callers, Integer... inFlight) {
        return new Measure(Section.WAMP, Over.PROCEDURE, Kind.CALLS, callers + 1, 1, callers, List.of(inFlight), true);
    }

    /** The same, also for servers that are measured briefly. */
    Measure forAll() {
        return new Measure(section, over, kind, clients, rooms, senders, inFlight, true);
    }

    /** The load generator's options for it. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--mode", kind.mode));
        options.addAll(List.of("--over", over.name()));
        options.addAll(List.of("--clients", Integer.toString(clients), "--rooms", Integer.toString(rooms)));
        options.addAll(List.of("--senders", Integer.toString(senders)));
        options.addAll(List.of("--talk", Boolean.toString(kind == Kind.TALKED || kind == Kind.DEFLATED)));
        options.addAll(List.of("--deflate", Boolean.toString(kind == Kind.DEFLATED)));
        options.addAll(
                List.of("--in-flight", inFlight.stream().map(Object::toString).collect(joining(","))));
        return options;
    }

    /** The name of the row for one number of messages in flight. */
    String row(int flying) {
        return switch (kind) {
            case IDLE -> "memory per idle connection, KiB, of %,d".formatted(clients);
            case TALKED -> "memory per connection that has said 33 KiB, KiB, of %,d".formatted(clients);
            case DEFLATED -> "memory per connection that has said 33 KiB compressed, KiB, of %,d".formatted(clients);
            case THROUGHPUT ->
                section == Section.WAMP
                        ? "deliveries/s, %,d subscribers of a %s, %,d in flight".formatted(clients, topic(), flying)
                        : rooms == 1
                                ? "deliveries/s, %,d clients, %,d in flight".formatted(clients, flying)
                                : "deliveries/s, %,d rooms of %d, %d in flight in each"
                                        .formatted(rooms, clients / rooms, flying);
            case LATENCY ->
                "latency at equal load, %,d %s, ms"
                        .formatted(clients, section == Section.WAMP ? "subscribers of a " + topic() : "clients");
            case CONNECTS -> "connects/s";
            case CALLS -> "calls/s, %d callers, %,d in flight".formatted(senders, flying);
            case DURABLE -> "messages/s stored and acknowledged, %,d in flight".formatted(flying);
        };
    }

    private String topic() {
        return over == Over.ROOM ? "durable room" : "topic";
    }
}
