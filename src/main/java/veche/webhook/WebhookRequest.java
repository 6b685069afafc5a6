package veche.webhook;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import veche.dialect.stream.MessageJson;
import veche.log.WebhookStore.Part;
import veche.room.Message;
import veche.room.ModerationAction;

/**
 * The events of a part of a stream.
 *
 * @param id identifies the part in all attempts, on all nodes
 * @param body JSON with the members of the Standard Webhooks specification: {@code type}, {@code timestamp} and
 *     {@code data}
 */
record WebhookRequest(String id, String body) {
    private static final String ROOM = "room";
    private static final String REASON = "reason";

    /** @param messages not empty, in ascending order */
    static WebhookRequest messages(Part part, List<Message> messages) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        messages.forEach(message -> {
            try (var reader = Json.createReader(new StringReader(MessageJson.of(message)))) {
                all.add(reader.readObject());
            }
        });
        Message first = messages.get(0);
        return of(
                first.position().epoch() + "_" + part.room() + "_" + part.position() + "_" + part.until(),
                WebhookEvent.MESSAGE,
                first.at(),
                Json.createObjectBuilder().add(ROOM, part.room()).add("messages", all));
    }

    /** @param first the first message that is stored */
    static WebhookRequest created(Part part, Message first) {
        return of(
                first.position().epoch() + "_" + part.room() + "_created",
                WebhookEvent.ROOM,
                first.at(),
                Json.createObjectBuilder().add(ROOM, part.room()));
    }

    /** @param actions not empty, in ascending order */
    static WebhookRequest actions(Part part, List<ModerationAction> actions) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        actions.forEach(action -> all.add(action(action)));
        return of(
                "moderation_" + part.position() + "_" + part.until(),
                WebhookEvent.MODERATION,
                actions.get(0).at(),
                Json.createObjectBuilder().add("actions", all));
    }

    private static WebhookRequest of(String id, WebhookEvent event, Instant at, JsonObjectBuilder data) {
        return new WebhookRequest(
                id,
                Json.createObjectBuilder()
                        .add("type", event.type())
                        .add("timestamp", at.toString())
                        .add("data", data)
                        .build()
                        .toString());
    }

    /** Without the moderator's address, which only moderators learn. */
    private static JsonObjectBuilder action(ModerationAction action) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("number", action.number())
                .add("at", action.at().toString())
                .add("action", action.type().wireName())
                .add(
                        "moderator",
                        Json.createObjectBuilder()
                                .add("id", action.moderator().author().id())
                                .add("name", action.moderator().author().name()))
                .add(REASON, action.reason());
        if (!action.author().isEmpty()) {
            json.add("author", action.author());
        }
        if (action.room() != null) {
            json.add(ROOM, action.room().value());
        }
        if (action.until() != null) {
            json.add("until", action.until().toString());
        }
        if (action.target() != null) {
            json.add("target", action.target().toString());
        }
        if (action.address() != null) {
            json.add("address", action.address().toString());
        }
        if (action.interval() != null) {
            json.add("interval", action.interval().toSeconds());
        }
        return json;
    }
}
