package veche.browser;

import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.EVENT;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.SUBSCRIBE;
import static veche.testing.MessageType.SUBSCRIBED;
import static veche.testing.MessageType.WELCOME;

import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** A scripted WAMP router with one room. Not thread-safe. */
final class ScriptedRouter {
    /** The details of each HELLO. */
    final List<JsonObject> hellos = new ArrayList<>();

    private static final String ME = "{\"id\":\"guest:me\",\"name\":\"Me\"}";

    /** Epoch and tail of the room's log, and whether a reconnecting page can resume. */
    String epoch = "e";

    int tail;
    boolean recovers = true;
    /** Whether sent messages are acknowledged and published; reset by each new connection. */
    boolean answering = true;

    /** Sent messages, acknowledged or not. */
    final List<JsonObject> sent = new ArrayList<>();

    /** Texts that make the router close the connection, with the code. */
    final Map<String, Integer> poisons = new HashMap<>();

    /** The result of veche.whoami; if null, there is no such procedure. */
    String identity;

    /** Calls of veche.whoami: on entering and as keep-alive probes. */
    int probes;

    /** Reported read positions. */
    final List<Integer> read = new ArrayList<>();

    final List<String> afters = new ArrayList<>();
    private final WebSocketRoute[] socket = new WebSocketRoute[1];
    private final Set<WebSocketRoute> frozen = new HashSet<>();
    private final Map<Integer, String> accepted = new TreeMap<>();
    private int roomSubscription;
    private int subscriptions;

    void accept(WebSocketRoute route) {
        socket[0] = route;
        answering = true;
        route.onMessage(frame -> {
            if (socket[0] == route && !frozen.contains(route)) {
                onMessage(read(frame));
            }
        });
        route.onClose((code, reason) -> {
            if (!frozen.contains(route)) {
                var options = new WebSocketRoute.CloseOptions().setReason(reason);
                route.close(code == null ? options : options.setCode(code)); // an unloading page sends no code
            }
        });
    }

    /** Ignores everything that the page sends over the current connection, its close included. */
    void freeze() {
        frozen.add(socket[0]);
    }

    /** Publishes a message of another user. */
    void broadcast(String text) {
        tail++;
        event(
                "{\"id\":\"%1$s-%2$d\",\"position\":%2$d,\"epoch\":\"%1$s\",\"at\":\"2026-11-24T10:00:00.000Z\",\"kind\":\"text\",\"text\":\"%3$s\",\"author\":{\"id\":\"b\",\"name\":\"Boris\"}}"
                        .formatted(epoch, tail, text));
    }

    private void event(String dict) {
        send("[%d,%d,%d,{\"_position\":%d},[],%s]".formatted(EVENT, roomSubscription, tail, tail, dict));
    }

    private void onMessage(JsonArray message) {
        switch (message.getInt(0)) {
            case HELLO -> {
                hellos.add(message.getJsonObject(2));
                send(
                        "[" + WELCOME
                                + ",77,{\"authid\":\"guest:me\",\"roles\":{\"broker\":{\"features\":{}},\"dealer\":{\"features\":{}}}}]");
            }
            case SUBSCRIBE -> subscribed(message.getInt(1), message.getJsonObject(2), message.getString(3));
            case CALL -> called(message.getInt(1), message.getString(3), message.getJsonObject(5));
            default -> {
                // Other messages need no answer.
            }
        }
    }

    private void subscribed(int request, JsonObject options, String topic) {
        int id = ++subscriptions;
        send("[%d,%d,%d]".formatted(SUBSCRIBED, request, id));
        if (options.containsKey("_after")) {
            roomSubscription = id;
            afters.add(options.get("_after").toString());
            if (recovers && options.get("_after") instanceof JsonObject after) {
                accepted.forEach((position, dict) -> {
                    if (position > after.getInt("position")) {
                        event(dict);
                    }
                });
            }
            send("[%d,%d,1,{\"_recovered\":%b,\"_epoch\":\"%s\",\"_position\":%d}]"
                    .formatted(EVENT, id, recovers, epoch, tail));
        }
    }

    private void called(int request, String procedure, JsonObject kwargs) {
        switch (procedure) {
            case "veche.join" ->
                result(request, "{\"room\":\"square\",\"epoch\":\"%s\",\"position\":%d}".formatted(epoch, tail));
            case "veche.members" -> result(request, "[" + ME + "]");
            case "veche.rooms", "veche.history" -> result(request, "[]");
            case "veche.read" -> {
                read.add(kwargs.getInt("position"));
                result(request, "true");
            }
            case "veche.send" -> sent(request, kwargs);
            case "veche.whoami" -> {
                probes++;
                if (identity == null) {
                    unknown(request);
                } else {
                    result(request, identity);
                }
            }
            default -> unknown(request);
        }
    }

    private void unknown(int request) {
        send("[%d,%d,%d,{},\"wamp.error.no_such_procedure\"]".formatted(ERROR, CALL, request));
    }

    private void sent(int request, JsonObject kwargs) {
        sent.add(kwargs);
        var poison = poisons.get(kwargs.getString("text", ""));
        if (poison != null) {
            socket[0].close(new WebSocketRoute.CloseOptions().setCode(poison).setReason("incident 7"));
        } else if (answering) {
            tail++;
            var dict =
                    "{\"id\":\"own-%1$d\",\"position\":%1$d,\"epoch\":\"%2$s\",\"at\":\"2026-11-24T10:00:00.000Z\",\"kind\":\"text\",\"text\":%3$s,\"key\":%4$s,\"author\":%5$s}"
                            .formatted(tail, epoch, kwargs.get("text"), kwargs.get("key"), ME);
            accepted.put(tail, dict);
            result(request, dict);
            event(dict);
        }
    }

    private void result(int request, String value) {
        send("[%d,%d,{},[%s]]".formatted(RESULT, request, value));
    }

    private void send(String json) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(packer, Json.createReader(new StringReader(json)).readArray());
            socket[0].send(packer.toByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonArray read(WebSocketFrame frame) {
        try (var unpacker = MessagePack.newDefaultUnpacker(frame.binary())) {
            return Json.createReader(new StringReader(unpacker.unpackValue().toJson()))
                    .readArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void pack(MessageBufferPacker packer, JsonValue value) throws IOException {
        if (value instanceof JsonArray array) {
            packer.packArrayHeader(array.size());
            for (JsonValue each : array) {
                pack(packer, each);
            }
        } else if (value instanceof JsonObject object) {
            packer.packMapHeader(object.size());
            for (var entry : object.entrySet()) {
                packer.packString(entry.getKey());
                pack(packer, entry.getValue());
            }
        } else if (value instanceof JsonString string) {
            packer.packString(string.getString());
        } else if (value instanceof JsonNumber number) {
            packer.packLong(number.longValueExact());
        } else {
            packer.packBoolean(value == JsonValue.TRUE);
        }
    }
}
