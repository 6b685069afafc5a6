package veche.dialect.wamp.codec;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * JSON, read by JSON-P's streams. A binary string goes as U+0000 followed by its base64 (WAMP basic profile, "Binary support
 * in JSON"); a string that begins so and is none stays a string, and half a surrogate pair stays as it is. NaN and the infinities, which JSON lacks, go as null, as ECMAScript writes them. Thread-safe.
 */
public final class Json {
    private final JsonParserFactory parsers;
    private final Limits limits;

    /** Looks for the JSON-P provider once; that look-up is slow. */
    public Json(Limits limits) {
        JsonProvider provider = JsonProvider.provider();
        this.parsers = provider.createParserFactory(Map.of());
        this.limits = limits;
    }

    /** A count for one WebSocket message, which may be a batch. */
    Elements elements() {
        return new Elements(limits);
    }

    /** @throws Undecodable where the text is not exactly one JSON value within the limits */
    Object read(String text, Elements elements) {
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            Object value = value(parser, parser.next(), 1, elements);
            if (parser.hasNext()) {
                throw new Undecodable("More follows the message");
            }
            return value;
        } catch (JsonException | NoSuchElementException e) {
            throw new Undecodable("Not JSON");
        }
    }

    private Object value(JsonParser parser, JsonParser.Event event, int level, Elements elements) {
        elements.add();
        return switch (event) {
            case START_ARRAY -> list(parser, level, elements);
            case START_OBJECT -> dict(parser, level, elements);
            case VALUE_STRING -> string(parser.getString());
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new Undecodable("Not JSON");
        };
    }

    private List<Object> list(JsonParser parser, int level, Elements elements) {
        limits.enter(level);
        List<Object> list = new ArrayList<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            list.add(value(parser, event, level + 1, elements));
        }
        return list;
    }

    private Map<String, Object> dict(JsonParser parser, int level, Elements elements) {
        limits.enter(level);
        Map<String, Object> dict = new LinkedHashMap<>();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            elements.add();
            String key = parser.getString();
            dict.put(key, value(parser, parser.next(), level + 1, elements));
        }
        return dict;
    }

    private static Object string(String text) {
        byte[] binary = JsonStrings.binary(text);
        return binary == null ? text : ByteBuffer.wrap(binary).asReadOnlyBuffer();
    }

    private Object number(String text) {
        boolean integral = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        if (!integral) {
            return finite(Double.parseDouble(text));
        }
        if (text.length() > limits.digits()) {
            throw new Undecodable("An integer has more than " + limits.digits() + " digits");
        }
        return text.length() < 19 ? (Object) Long.valueOf(text) : Integers.smallest(new BigInteger(text));
    }

    private static Double finite(double number) {
        if (Double.isInfinite(number)) {
            throw new Undecodable("A number is beyond double precision");
        }
        return number;
    }

    /** The value as compact JSON. */
    public String write(Object value) {
        StringBuilder text = new StringBuilder(256);
        put(text, value);
        return text.toString();
    }

    private static void put(StringBuilder to, Object value) {
        if (value == null || value instanceof Boolean) {
            to.append(value);
        } else if (value instanceof String string) {
            JsonStrings.value(to, string);
        } else if (value instanceof Number number) {
            putNumber(to, number);
        } else if (value instanceof List<?> list) {
            putList(to, list);
        } else if (value instanceof Map<?, ?> dict) {
            putDict(to, dict);
        } else if (value instanceof ByteBuffer binary) {
            JsonStrings.quoted(to, JsonStrings.BINARY + base64(binary));
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    private static void putList(StringBuilder to, List<?> list) {
        String separator = "[";
        for (Object element : list) {
            to.append(separator);
            put(to, element);
            separator = ",";
        }
        to.append(list.isEmpty() ? "[]" : "]");
    }

    private static void putDict(StringBuilder to, Map<?, ?> dict) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            to.append(separator);
            JsonStrings.quoted(to, (String) entry.getKey());
            to.append(':');
            put(to, entry.getValue());
            separator = ",";
        }
        to.append(dict.isEmpty() ? "{}" : "}");
    }

    private static void putNumber(StringBuilder to, Number number) {
        boolean real = number instanceof Double || number instanceof Float;
        to.append(real && !Double.isFinite(number.doubleValue()) ? null : number);
    }

    private static String base64(ByteBuffer binary) {
        byte[] bytes = new byte[binary.remaining()];
        binary.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
