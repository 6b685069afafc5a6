package veche.dialect.stream;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import veche.room.Author;
import veche.room.Message;

/** Messages as JSON objects. The members are those of a message in WAMP; bytes are encoded as base64. */
public final class MessageJson {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private MessageJson() {}

    /** A message as a JSON object without line breaks. */
    public static String of(Message message) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", message.id().toString())
                .add("room", message.room().value())
                .add("epoch", message.position().epoch())
                .add("position", message.position().number())
                .add("at", RFC_3339.format(message.at()))
                .add("author", author(message.author()))
                .add("kind", message.kind().wireName());
        addIfAny(json, "text", message.text());
        addIfAny(json, "name", message.name());
        addIfAny(json, "data", base64(message.data()));
        if (message.isDeleted()) {
            json.add("deleted", true);
        }
        addIfAny(
                json,
                "target",
                message.target() == null ? null : message.target().toString());
        addIfAny(json, "key", message.key());
        return json.build().toString();
    }

    private static JsonObjectBuilder author(Author author) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("id", author.id()).add("name", author.name());
        return author.isGuest() ? json.add("guest", true) : json;
    }

    private static @Nullable String base64(@Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void addIfAny(JsonObjectBuilder json, String key, @Nullable String value) {
        if (value != null) {
            json.add(key, value);
        }
    }
}
