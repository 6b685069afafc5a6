package veche.faults;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageType;

/** Is a member of rooms and follows them; on a new connection, it resumes at the last position that it has received. */
final class RoomReader extends WampClient implements Subscriber {
    private static final int ANSWER_SECONDS = 5;
    private static final int MIN_STAY_SECONDS = 5;
    private static final int MAX_STAY_SECONDS = 25;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long UNKNOWN = -1;

    private final List<String> rooms;
    private final Map<String, Long> positions = new ConcurrentHashMap<>();
    /** The streams of the present connection by the ids of the subscriptions. */
    private volatile Map<Long, Stream> streams = Map.of();

    private volatile String epoch = "";
    private volatile String current = "";
    private volatile boolean settled;

    private record Stream(String name, String room, long after) {}

    RoomReader(FaultLoad load, String user, List<String> rooms) {
        super(load, user);
        this.rooms = List.copyOf(rooms);
    }

    @Override
    public List<String> rooms() {
        return rooms;
    }

    /** The last position received in a room. */
    @Override
    public long position(String room) {
        return positions.getOrDefault(room, UNKNOWN);
    }

    /** From now on, it does not change the node without need. */
    @Override
    public void settle() {
        settled = true;
    }

    @Override
    void session(WampLink connection, int node) throws IOException, InterruptedException {
        Map<Long, Stream> opened = new ConcurrentHashMap<>();
        synchronized (this) {
            current = connection.name();
            streams = opened;
        }
        for (String room : rooms) {
            subscribe(connection, opened, room);
            await(connection, MessageType.CALL, "{},\"veche.join\",[\"" + room + "\"]");
        }
        await(connection, MessageType.SUBSCRIBE, "{},\"" + load().topic() + "\"");
        long stay = MIN_STAY_SECONDS + random().nextInt(MAX_STAY_SECONDS - MIN_STAY_SECONDS);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(stay);
        while (connection.isOpen() && !hasEnded() && (settled || System.nanoTime() < until)) {
            connection.awaitEnd(LOOK);
        }
    }

    private void subscribe(WampLink connection, Map<Long, Stream> opened, String room)
            throws IOException, InterruptedException {
        Long after = positions.get(room);
        String option = after == null ? "null" : "{\"epoch\":\"" + epoch + "\",\"position\":" + after + "}";
        Stream stream = new Stream(connection.name() + "/" + room, room, after == null ? UNKNOWN : after);
        complete(connection.request(
                MessageType.SUBSCRIBE, "{\"_after\":" + option + "},\"veche.room." + room + "\"", answer -> {
                    if (answer.getInt(0) == MessageType.SUBSCRIBED) {
                        opened.put(answer.getJsonNumber(2).longValue(), stream);
                    }
                }));
    }

    private static void await(WampLink connection, int type, String rest) throws IOException, InterruptedException {
        complete(connection.request(type, rest));
    }

    private static void complete(CompletableFuture<JsonArray> answer) throws IOException, InterruptedException {
        try {
            if (answer.get(ANSWER_SECONDS, TimeUnit.SECONDS).getInt(0) == MessageType.ERROR) {
                throw new IOException("Refused");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No answer", e);
        }
    }

    @Override
    void received(String connection, JsonArray message) {
        if (message.getInt(0) != MessageType.EVENT) {
            return;
        }
        Stream stream;
        synchronized (this) {
            if (!connection.equals(current)) {
                return;
            }
            stream = streams.get(message.getJsonNumber(1).longValue());
        }
        JsonObject details = message.getJsonObject(3);
        if (stream == null) {
            history()
                    .add(new Observation.ReceivedEvent(
                            message.getJsonArray(4).getString(0), connection, "user:" + user(), System.nanoTime()));
        } else if (details.containsKey("_recovered")) {
            started(connection, stream, details);
        } else {
            received(stream, message.getJsonObject(5));
        }
    }

    private void started(String connection, Stream stream, JsonObject details) {
        epoch = details.getString("_epoch");
        long end = details.getJsonNumber("_position").longValue();
        boolean recovered = details.getBoolean("_recovered");
        long after = stream.after() == UNKNOWN || !recovered ? end : stream.after();
        positions.put(stream.room(), after);
        history()
                .add(new Observation.Started(
                        stream.name(), connection, stream.room(), after, end, recovered, System.nanoTime()));
    }

    private void received(Stream stream, JsonObject message) {
        long position = message.getJsonNumber("position").longValue();
        positions.put(stream.room(), position);
        history()
                .add(new Observation.Received(
                        stream.name(),
                        position,
                        UUID.fromString(message.getString("id")),
                        message.getString("text"),
                        System.nanoTime()));
    }
}
