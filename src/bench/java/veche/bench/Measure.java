package veche.bench;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import veche.bench.load.WampTarget;
import veche.bench.report.Section;

/**
 * One run of the load generator; each number of messages in flight results in a row of the table.
 *
 * @param section the table, which determines the servers
 * @param wampTarget the kind of URI that WAMP clients use
 * @param kind the kind of measurement
 * @param clients the number of clients
 * @param rooms the number of rooms
 * @param senders the number of senders in each room
 * @param inFlight the numbers of messages of each room that are pending at once
 * @param central whether it is also run for servers that are measured briefly
 */
record Measure(
        Section section,
        WampTarget wampTarget,
        Kind kind,
        int clients,
        int rooms,
        int senders,
        List<Integer> inFlight,
        boolean central) {

    /** The kinds of measurement. */
    enum Kind {
        /** Resident memory of idle connections. */
        IDLE("idle"),
        /** The same after each client has sent one message. */
        SENT("idle"),
        /** The same with that message compressed (RFC 7692). */
        DEFLATED("idle"),
        /** Deliveries per second. */
        THROUGHPUT("closed"),
        /** Latency at a fixed rate. */
        LATENCY("open"),
        /** Handshakes per second. */
        CONNECTS("connect"),
        /** Calls per second through a callee. */
        CALLS("call"),
        /** Messages per second that are acknowledged to a single client. */
        DURABLE("closed");

        private final String mode;

        Kind(String mode) {
            this.mode = mode;
        }
    }

    /** Resident memory of idle connections. */
    static Measure idle(int clients) {
        return chat(Kind.IDLE, clients, 1, 0, List.of(0), true);
    }

    /** Resident memory after each client has sent one message, compressed or not. */
    static Measure afterSending(int clients, boolean deflate) {
        return chat(deflate ? Kind.DEFLATED : Kind.SENT, clients, 1, 0, List.of(0), true);
    }

    /** Deliveries per second in one room with four senders. */
    static Measure oneRoom(int clients, Integer... inFlight) {
        return chat(Kind.THROUGHPUT, clients, 1, 4, List.of(inFlight), false);
    }

    /** Deliveries per second in many rooms with ten clients and one sender each. */
    static Measure manyRooms(int rooms, Integer... inFlight) {
        return chat(Kind.THROUGHPUT, 10 * rooms, rooms, 1, List.of(inFlight), false);
    }

    /** Latency in one room. */
    static Measure latency(int clients) {
        return chat(Kind.LATENCY, clients, 1, 4, List.of(0), true);
    }

    /** Connections per second, with a number of concurrent handshakes. */
    static Measure connects(int atOnce) {
        return chat(Kind.CONNECTS, atOnce, 1, 0, List.of(0), true);
    }

    /** Messages per second stored and acknowledged to one client. */
    static Measure durable(int inFlight) {
        return chat(Kind.DURABLE, 1, 1, 1, List.of(inFlight), true);
    }

    private static Measure chat(
            Kind kind, int clients, int rooms, int senders, List<Integer> inFlight, boolean central) {
        return new Measure(Section.CHAT, WampTarget.ROOM, kind, clients, rooms, senders, inFlight, central);
    }

    /** Deliveries per second to the subscribers of one topic, four of which publish. */
    static Measure oneTopic(WampTarget wampTarget, int clients, Integer... inFlight) {
        return new Measure(Section.WAMP, wampTarget, Kind.THROUGHPUT, clients, 1, 4, List.of(inFlight), true);
    }

    /** Latency to the subscribers of one topic. */
    static Measure topicLatency(int clients) {
        return new Measure(Section.WAMP, WampTarget.TOPIC, Kind.LATENCY, clients, 1, 4, List.of(0), false);
    }

    /** Calls per second from a number of callers to one callee. */
    static Measure calls(int callers, Integer... inFlight) {
        return new Measure(
                Section.WAMP, WampTarget.PROCEDURE, Kind.CALLS, callers + 1, 1, callers, List.of(inFlight), true);
    }

    /** This measure, also for servers that are measured briefly. */
    Measure forAll() {
        return new Measure(section, wampTarget, kind, clients, rooms, senders, inFlight, true);
    }

    /** The options for the load generator. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--mode", kind.mode));
        options.addAll(List.of("--wamp-target", wampTarget.name()));
        options.addAll(List.of("--clients", Integer.toString(clients), "--rooms", Integer.toString(rooms)));
        options.addAll(List.of("--senders", Integer.toString(senders)));
        options.addAll(List.of("--send-first", Boolean.toString(kind == Kind.SENT || kind == Kind.DEFLATED)));
        options.addAll(List.of("--deflate", Boolean.toString(kind == Kind.DEFLATED)));
        options.addAll(
                List.of("--in-flight", inFlight.stream().map(Object::toString).collect(joining(","))));
        return options;
    }

    /** The title of the row for a number of messages in flight. */
    String row(int flying) {
        return switch (kind) {
            case IDLE -> "memory per idle connection, KiB, of %,d".formatted(clients);
            case SENT -> "memory per connection that has sent 33 KiB, KiB, of %,d".formatted(clients);
            case DEFLATED -> "memory per connection that has sent 33 KiB compressed, KiB, of %,d".formatted(clients);
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
        return wampTarget == WampTarget.ROOM ? "durable room" : "topic";
    }
}
