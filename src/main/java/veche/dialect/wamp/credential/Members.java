package veche.dialect.wamp.credential;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of a JSON object. An exception names the member that is missing or invalid, and contains no value. */
record Members(JsonObject object) {
    /** @throws IllegalArgumentException if the text is not a JSON object */
    static Members parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return new Members(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new IllegalArgumentException("It is not a JSON object", e);
        }
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Refuses all other members. */
    void allow(Set<String> names) {
        object.keySet().forEach(name -> require(names.contains(name), "Unknown member " + name));
    }

    boolean has(String name) {
        return object.containsKey(name);
    }

    Members members(String name) {
        return new Members(value(name, JsonObject.class, "an object"));
    }

    String string(String name) {
        return value(name, JsonString.class, "a string").getString();
    }

    int number(String name, int least, int most) {
        JsonNumber number = value(name, JsonNumber.class, "a number");
        require(
                number.isIntegral() && number.doubleValue() >= least && number.doubleValue() <= most,
                name + " must be an integer from " + least + " to " + most);
        return number.intValue();
    }

    /** A list of strings; empty if the member is absent. */
    Optional<List<String>> strings(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonArray array = value(name, JsonArray.class, "a list of strings");
        require(array.stream().allMatch(JsonString.class::isInstance), name + " must be a list of strings");
        return Optional.of(array.getValuesAs(JsonString::getString));
    }

    /** Decodes a member in base64. */
    byte[] octets(String name, int least, int most) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(string(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be base64", e);
        }
        require(octets.length >= least && octets.length <= most, name + " has too few or too many octets");
        return octets;
    }

    private <T extends JsonValue> T value(String name, Class<T> type, String what) {
        JsonValue value = object.get(name);
        if (value == null || !type.isInstance(value)) {
            throw new IllegalArgumentException(name + " must be " + what);
        }
        return type.cast(value);
    }
}
