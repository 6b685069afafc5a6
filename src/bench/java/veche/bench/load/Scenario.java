package veche.bench.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parameters of a measurement.
 *
 * @param mode the measurement
 * @param ports the ports of the server on 127.0.0.1; of a cluster, those of its nodes, over which the members of each room
 *     are distributed
 * @param target the request target of the handshake, with {@code {room}} for the name of the room
 * @param protocol the protocol of the clients
 * @param wampTarget the kind of URI that WAMP clients use
 * @param clients the number of clients, distributed evenly over the rooms
 * @param rooms the number of rooms
 * @param senders the number of senders in each room; of calls, all clients but the first are callers
 * @param inFlight the numbers of messages per room, or of calls, pending at once (closed loop), measured in turn
 * @param rate messages per second over all rooms (open loop)
 * @param warmup duration of the warm-up in seconds
 * @param seconds duration of the measurement in seconds
 * @param pid the process id of the server; 0 if unknown
 * @param sendFirst whether each idle client first sends one message
 * @param deflate whether permessage-deflate is offered, and that message is compressed
 * @param gc how the garbage collection of the server is triggered
 */
record Scenario(
        Mode mode,
        List<Integer> ports,
        String target,
        Protocol protocol,
        WampTarget wampTarget,
        int clients,
        int rooms,
        int senders,
        List<Integer> inFlight,
        double rate,
        double warmup,
        double seconds,
        long pid,
        boolean sendFirst,
        boolean deflate,
        ServerProcess.Gc gc) {

    /** The measurements. */
    enum Mode {
        /** Maximum throughput: each sender sends its next message when it receives its previous one. */
        CLOSED,
        /** Maximum rate of calls: each caller calls again when it receives a result. */
        CALL,
        /** Latency at a fixed rate. */
        OPEN,
        /** Rate of connections: each client opens, joins and closes. */
        CONNECT,
        /** Memory of open connections. */
        IDLE
    }

    /** Reads {@code --name value} pairs; missing options have their defaults. */
    static Scenario of(Map<String, String> options) {
        return new Scenario(
                Mode.valueOf(options.getOrDefault("mode", "closed").toUpperCase()),
                numbers(options.getOrDefault("port", "8080")),
                options.getOrDefault("target", "/chat?room={room}"),
                Protocol.valueOf(options.getOrDefault("protocol", "plain").toUpperCase()),
                WampTarget.valueOf(options.getOrDefault("wamp-target", "room").toUpperCase()),
                Integer.parseInt(options.getOrDefault("clients", "500")),
                Integer.parseInt(options.getOrDefault("rooms", "1")),
                Integer.parseInt(options.getOrDefault("senders", "4")),
                numbers(options.getOrDefault("in-flight", "128")),
                Double.parseDouble(options.getOrDefault("rate", "200")),
                Double.parseDouble(options.getOrDefault("warmup", "2")),
                Double.parseDouble(options.getOrDefault("seconds", "3")),
                Long.parseLong(options.getOrDefault("pid", "0")),
                Boolean.parseBoolean(options.getOrDefault("send-first", "false")),
                Boolean.parseBoolean(options.getOrDefault("deflate", "false")),
                ServerProcess.Gc.valueOf(options.getOrDefault("gc", "none").toUpperCase()));
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split(",")).map(Integer::valueOf).toList();
    }
}
