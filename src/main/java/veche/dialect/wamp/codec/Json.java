package veche.dialect.wamp.codec;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * JSON by JSON-P's streams. A binary string goes as U+0000 followed by its base64 (WAMP basic profile, "Binary support
 * in JSON"). NaN and the infinities, which JSON lacks, go as null, as ECMAScript writes them. Thread-safe.
 */
public final class Json {
    private static final char BINARY = '\0';

    private final JsonParserFactory parsers;
    private final JsonGeneratorFactory generators;
    private final Limits limits;

    /** Looks for the JSON-P provider once; that look-up is slow. */
    public Json(Limits limits) {
        JsonProvider provider = JsonProvider.provider();
        this.parsers = provider.createParserFactory(Map.of());
        this.generators = provider.createGeneratorFactory(Map.of());
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
            String key = Text.whole(parser.getString());
            dict.put(key, value(parser, parser.next(), level + 1, elements));
        }
        return dict;
    }

    private static Object string(String text) {
        if (text.isEmpty() || text.charAt(0) != BINARY) {
            return Text.whole(text);
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(1)))
                    .asReadOnlyBuffer();
        } catch (IllegalArgumentException e) {
            return Text.whole(text);
        }
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
        StringWriter text = new StringWriter(256);
        try (JsonGenerator generator = generators.createGenerator(text)) {
            put(generator, value);
        }
        return text.toString();
    }

    private static void put(JsonGenerator to, Object value) {
        if (value == null) {
            to.writeNull();
        } else if (value instanceof String string) {
            to.write(string);
        } else if (value instanceof Boolean flag) {
            to.write(flag);
        } else if (value instanceof Number number) {
            putNumber(to, number);
        } else if (value instanceof List<?> list) {
            to.writeStartArray();
            list.forEach(element -> put(to, element));
            to.writeEnd();
        } else if (value instanceof Map<?, ?> dict) {
            to.writeStartObject();
            dict.forEach((key, element) -> {
                to.writeKey((String) key);
                put(to, element);
            });
            to.writeEnd();
        } else if (value instanceof ByteBuffer binary) {
            to.write(BINARY + base64(binary));
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    private static void putNumber(JsonGenerator to, Number number) {
        if (number instanceof BigInteger big) {
            to.write(big);
        } else if (number instanceof Double || number instanceof Float) {
            double real = number.doubleValue();
            if (Double.isFinite(real)) {
                to.write(real);
            } else {
                to.writeNull();
            }
        } else {
            to.write(number.longValue());
        }
    }

    private static String base64(ByteBuffer binary) {
        byte[] bytes = new byte[binary.remaining()];
        binary.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
