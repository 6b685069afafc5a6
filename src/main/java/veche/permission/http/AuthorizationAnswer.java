package veche.permission.http;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.room.access.Privilege;

/**
 * An answer of the site.
 *
 * @param allowed whether the action is permitted
 * @param privileges the privileges in the room, those of members by default
 * @param disclosed whether the caller or publisher is disclosed
 * @param ttl how long the answer is valid; empty for the default
 */
record AuthorizationAnswer(boolean allowed, Set<Privilege> privileges, boolean disclosed, Optional<Duration> ttl) {
    private static final List<String> MEMBERS = List.of("allow", "privileges", "disclose", "ttl");

    /**
     * Refuses unknown members, since a misspelled restriction must not be ignored.
     *
     * @throws IllegalArgumentException if it is not such an object; the message does not quote the answer
     */
    static AuthorizationAnswer parse(byte[] json) {
        JsonObject answer = object(json);
        answer.keySet()
                .forEach(name -> require(MEMBERS.contains(name), "the answer has a member other than " + MEMBERS));
        return new AuthorizationAnswer(
                flag(answer.get("allow"), "allow"),
                privileges(answer.get("privileges")),
                answer.containsKey("disclose") && flag(answer.get("disclose"), "disclose"),
                Optional.ofNullable(answer.get("ttl")).map(AuthorizationAnswer::seconds));
    }

    private static JsonObject object(byte[] json) {
        try (JsonParser parser = Json.createParser(new StringReader(new String(json, StandardCharsets.UTF_8)))) {
            require(parser.hasNext() && parser.next() == JsonParser.Event.START_OBJECT, "the answer is not an object");
            JsonObject object = parser.getObject();
            require(!parser.hasNext(), "the answer is more than an object");
            return object;
        } catch (JsonException | IllegalStateException e) {
            throw new IllegalArgumentException("the answer is not a JSON object", e);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean flag(@Nullable JsonValue value, String name) {
        require(value == JsonValue.TRUE || value == JsonValue.FALSE, name + " is not a boolean");
        return value == JsonValue.TRUE;
    }

    private static Set<Privilege> privileges(@Nullable JsonValue value) {
        if (value == null) {
            return Privilege.MEMBERSHIP;
        }
        require(value.getValueType() == JsonValue.ValueType.ARRAY, "privileges is not a list");
        Set<Privilege> all = EnumSet.noneOf(Privilege.class);
        for (JsonValue name : value.asJsonArray()) {
            require(name instanceof JsonString, "privileges is not a list of strings");
            try {
                all.addAll(Privilege.named(((JsonString) name).getString()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("privileges contains an unknown name", e);
            }
        }
        return all;
    }

    private static Duration seconds(JsonValue value) {
        require(
                value instanceof JsonNumber number
                        && number.isIntegral()
                        && number.doubleValue() >= 0
                        && number.doubleValue() <= Integer.MAX_VALUE,
                "ttl is not a number of seconds");
        return Duration.ofSeconds(((JsonNumber) value).longValue());
    }
}
