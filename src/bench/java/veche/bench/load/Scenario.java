package veche.bench.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What to do to which server.
 *
 * @param mode which measurement
 * @param port the server's, on 127.0.0.1
 * @param target the handshake's request target; {@code {room}} stands for the room's name
 * @param tongue the dialect
 * @param over what WAMP clients talk through
 * @param clients how many in all, shared evenly by the rooms
 * @param rooms how many
 * @param senders how many in each room speak; those who call are all but the first
 * @param inFlight how many messages of each room, or calls, are under way at once (closed loop); several are measured in turn
 * @param rate messages a second over all rooms (open loop)
 * @param warmup seconds before measuring
 * @param seconds measured
 * @param pid the server's process, 0 where unknown
 * @param talk whether idle clients each say one message first
 * @param deflate whether permessage-deflate is offered, and that message is compressed
 * @param gc how to make the server collect its garbage
 */
record Scenario(
        Mode mode,
        int port,
        String target,
        Tongue tongue,
        Over over,
        int clients,
        int rooms,
        int senders,
        List<Integer> inFlight,
        double rate,
        double warmup,
        double seconds,
        long pid,
        boolean talk,
        boolean deflate,
        ServerProcess.Gc gc) {

    /** The measurements. */
    enum Mode {
        /** Each sender says its next when its own comes back: how much the server can. */
        CLOSED,
        /** Each caller calls again when a result comes: how many calls the server can route. */
        CALL,
        /** A fixed rate, come what may: how long a message takes. */
        OPEN,
        /** Opens, joins, closes, again. */
        CONNECT,
        /** Opens all and holds them. */
        IDLE
    }

    /** Reads {@code --name value} pairs; what is not named keeps its default. */
    static Scenario of(Map<String, String> options) {
        return new Scenario(
                Mode.valueOf(options.getOrDefault("mode", "closed").toUpperCase()),
                Integer.parseInt(options.getOrDefault("port", "8080")),
                options.getOrDefault("target", "/chat?room={room}"),
                Tongue.valueOf(options.getOrDefault("tongue", "plain").toUpperCase()),
                Over.valueOf(options.getOrDefault("over", "room").toUpperCase()),
                Integer.parseInt(options.getOrDefault("clients", "500")),
                Integer.parseInt(options.getOrDefault("rooms", "1")),
                Integer.parseInt(options.getOrDefault("senders", "4")),
                Stream.of(options.getOrDefault("in-flight", "128").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                Double.parseDouble(options.getOrDefault("rate", "200")),
                Double.parseDouble(options.getOrDefault("warmup", "2")),
                Double.parseDouble(options.getOrDefault("seconds", "3")),
                Long.parseLong(options.getOrDefault("pid", "0")),
                Boolean.parseBoolean(options.getOrDefault("talk", "false")),
                Boolean.parseBoolean(options.getOrDefault("deflate", "false")),
                ServerProcess.Gc.valueOf(options.getOrDefault("gc", "none").toUpperCase()));
    }
}
