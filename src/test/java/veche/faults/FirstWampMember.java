package veche.faults;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import veche.testing.MessageType;

/** Sends messages by WAMP v1, and receives those of its rooms, in which it cannot resume. */
final class FirstWampMember extends RequestClient {
    private static final String ROOM = "http://veche/room#";
    private static final String PROCEDURE = "http://veche/rpc#";
    private static final Set<String> DEFINITE = Set.of(
            "http://api.wamp.ws/error#not-authorized",
            "http://api.wamp.ws/error#invalid-argument",
            "http://veche/error#rate_limited");

    /** The streams that have begun; each begins with its first message. */
    private final Set<String> streams = ConcurrentHashMap.newKeySet();

    FirstWampMember(FaultLoad load, String user, List<String> rooms) {
        super(load, user, "wamp", rooms);
    }

    @Override
    void follow(TextLink connection, int node, String room) throws IOException, InterruptedException {
        connection.send("[" + MessageType.V1_SUBSCRIBE + ",\"" + ROOM + room + "\"]");
        // A message that is not acknowledged.
        String key = connection.name() + "-" + room;
        history().attempt(key, user(), room, connection.name(), node);
        connection.send("[" + MessageType.V1_PUBLISH + ",\"" + ROOM + room + "\",\"" + key + "\",false]");
    }

    @Override
    String request(String id, String room, String key) {
        return "[" + MessageType.V1_CALL + ",\"" + id + "\",\"" + PROCEDURE + "send\",{\"room\":\"" + room
                + "\",\"text\":\"" + key + "\",\"key\":\"" + key + "\"}]";
    }

    @Override
    boolean record(long attempt, String answer) {
        JsonArray message = parse(answer);
        if (message.getInt(0) == MessageType.V1_CALLRESULT) {
            JsonObject stored = message.getJsonObject(2);
            history()
                    .add(new Observation.Acknowledged(
                            attempt,
                            stored.getJsonNumber("position").longValue(),
                            UUID.fromString(stored.getString("id")),
                            System.nanoTime()));
            return true;
        }
        String error = message.getString(2);
        history().add(new Observation.Refused(attempt, error, DEFINITE.contains(error), System.nanoTime()));
        return false;
    }

    @Override
    void received(TextLink connection, String text) {
        JsonArray message = parse(text);
        switch (message.getInt(0)) {
            case MessageType.V1_EVENT -> event(connection, message.getJsonObject(2));
            case MessageType.V1_CALLRESULT, MessageType.V1_CALLERROR -> answered(message.getString(1), text);
            default -> {
                // WELCOME
            }
        }
    }

    private void event(TextLink connection, JsonObject event) {
        String room = event.getString("room");
        String stream = connection.name() + "/" + room;
        long position = event.getJsonNumber("position").longValue();
        if (streams.add(stream)) {
            history()
                    .add(new Observation.Started(
                            stream, connection.name(), room, position - 1, position - 1, true, System.nanoTime()));
        }
        history()
                .add(new Observation.Received(
                        stream,
                        position,
                        UUID.fromString(event.getString("id")),
                        event.getString("text"),
                        System.nanoTime()));
    }

    private static JsonArray parse(String text) {
        return Json.createReaderFactory(Map.of())
                .createReader(new StringReader(text))
                .readArray();
    }
}
