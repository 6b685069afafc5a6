package veche.dialect.wamp.codec;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * JSON, read with the streaming API of JSON-P. A binary string is written as U+0000 followed by its base64 (WAMP basic
 * profile, "Binary support in JSON"). A string with U+0000 but no valid base64 after it remains a string, and an
 * unpaired surrogate is preserved. NaN and the infinities, which JSON lacks, are written as null, as in ECMAScript.
 * Thread-safe.
 */
public final class Json {
    private final JsonParserFactory parsers;
    private final DecodingLimits limits;
    private final boolean verbatim;

    /** Looks up the JSON-P provider once, since the lookup is slow. */
    public Json(DecodingLimits limits) {
        this(limits, JsonProvider.provider().createParserFactory(Map.of()), false);
    }

    private Json(DecodingLimits limits, JsonParserFactory parsers, boolean verbatim) {
        this.parsers = parsers;
        this.limits = limits;
        this.verbatim = verbatim;
    }

    /** Returns a variant for clients without binary strings: it never interprets or replaces a first U+0000. */
    Json withoutBinary() {
        return new Json(limits, parsers, true);
    }

    /** Creates the element counter for one WebSocket message, which may be a batch. */
    Elements elements() {
        return new Elements(limits);
    }

    /**
     * Decodes one message.
     *
     * @throws DecodingException if the text is not exactly one JSON value within the limits
     */
    List<@Nullable Object> read(String text, Elements elements) {
        List<@Nullable Object> fields = Format.message(only(text, elements));
        return new Received(fields, true, from -> encoded(JsonFields.from(text, from), fields.size() - from));
    }

    /**
     * Decodes one value that is not a WAMP message.
     *
     * @throws DecodingException if the text is not exactly one JSON value within the limits
     */
    public @Nullable Object value(String text) {
        return only(text, elements());
    }

    private @Nullable Object only(String text, Elements elements) {
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            Object value = value(parser, parser.next(), 1, elements);
            if (parser.hasNext()) {
                throw new DecodingException("Unexpected data after the message");
            }
            return value;
        } catch (JsonException | NoSuchElementException e) {
            throw new DecodingException("Invalid JSON");
        }
    }

    private Encoded encoded(String data, int fields) {
        return new Encoded(this, data, fields, 2L * data.length());
    }

    private @Nullable Object value(JsonParser parser, JsonParser.Event event, int level, Elements elements) {
        elements.add();
        return switch (event) {
            case START_ARRAY -> list(parser, level, elements);
            case START_OBJECT -> dict(parser, level, elements);
            case VALUE_STRING -> string(parser.getString());
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new DecodingException("Invalid JSON");
        };
    }

    private List<@Nullable Object> list(JsonParser parser, int level, Elements elements) {
        limits.enter(level);
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            list.add(value(parser, event, level + 1, elements));
        }
        return list;
    }

    private Map<String, @Nullable Object> dict(JsonParser parser, int level, Elements elements) {
        limits.enter(level);
        Map<String, @Nullable Object> dict = new LinkedHashMap<>();
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            elements.add();
            String key = parser.getString();
            dict.put(key, value(parser, parser.next(), level + 1, elements));
        }
        return dict;
    }

    private Object string(String text) {
        byte @Nullable [] binary = verbatim ? null : JsonStrings.binary(text);
        return binary == null ? text : ByteBuffer.wrap(binary).asReadOnlyBuffer();
    }

    private Object number(String text) {
        boolean integral = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        if (!integral || text.length() > limits.digits()) {
            return Double.parseDouble(text);
        }
        return text.length() < 19 ? (Object) Long.valueOf(text) : Integers.smallest(new BigInteger(text));
    }

    /** Encodes the value as compact JSON. */
    public String write(Object value) {
        return new JsonWriter(this, verbatim).message(value);
    }

    @Override
    public String toString() {
        return "JSON";
    }
}
