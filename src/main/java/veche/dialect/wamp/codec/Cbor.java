package veche.dialect.wamp.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CBOR (RFC 8949) by Jackson's streams; tags other than bignums are read past. Writes definite lengths only. */
final class Cbor implements Codec {
    private final CBORFactory factory;
    private final Limits limits;

    Cbor(Limits limits) {
        this.limits = limits;
        this.factory = CBORFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + 1)
                        .maxNumberLength(limits.digits())
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    @Override
    public Elements elements() {
        return new Elements(limits);
    }

    @Override
    public Object read(ByteBuffer bytes, Elements elements) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try (JsonParser parser = factory.createParser(copy)) {
            Object value = value(parser, parser.nextToken(), 1, elements);
            if (parser.nextToken() != null) {
                throw new Undecodable("More follows the message");
            }
            return value;
        } catch (IOException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new Undecodable("Not CBOR");
        }
    }

    private Object value(JsonParser from, JsonToken token, int level, Elements elements) throws IOException {
        elements.add();
        if (token == null) {
            throw new Undecodable("Not CBOR");
        }
        return switch (token) {
            case START_ARRAY -> list(from, level, elements);
            case START_OBJECT -> dict(from, level, elements);
            case VALUE_STRING -> from.getText();
            case VALUE_NUMBER_INT -> Integers.smallest(from.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> from.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT -> binary(from);
            default -> throw new Undecodable("Not CBOR");
        };
    }

    /** Null stands for CBOR's undefined, which the parser gives as an embedded object of that value. */
    private static ByteBuffer binary(JsonParser from) throws IOException {
        return from.getEmbeddedObject() == null
                ? null
                : ByteBuffer.wrap(from.getBinaryValue()).asReadOnlyBuffer();
    }

    private List<Object> list(JsonParser from, int level, Elements elements) throws IOException {
        limits.enter(level);
        List<Object> list = new ArrayList<>();
        for (JsonToken token = from.nextToken(); token != JsonToken.END_ARRAY; token = from.nextToken()) {
            list.add(value(from, token, level + 1, elements));
        }
        return list;
    }

    private Map<String, Object> dict(JsonParser from, int level, Elements elements) throws IOException {
        limits.enter(level);
        Map<String, Object> dict = new LinkedHashMap<>();
        for (String key = from.nextFieldName(); key != null; key = from.nextFieldName()) {
            elements.add();
            dict.put(key, value(from, from.nextToken(), level + 1, elements));
        }
        if (from.currentToken() != JsonToken.END_OBJECT) {
            throw new Undecodable("A dict's keys are strings");
        }
        return dict;
    }

    @Override
    public ByteBuffer write(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            put(generator, value);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot fail to be written", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static void put(JsonGenerator to, Object value) throws IOException {
        if (value == null) {
            to.writeNull();
        } else if (value instanceof String string) {
            // Jackson cuts a long String into chunks of indefinite length; UTF-8 goes whole.
            byte[] utf8 = Text.encoded(string);
            to.writeUTF8String(utf8, 0, utf8.length);
        } else if (value instanceof Boolean flag) {
            to.writeBoolean(flag);
        } else if (value instanceof Number number) {
            putNumber(to, number);
        } else if (value instanceof List<?> list) {
            to.writeStartArray(list, list.size());
            for (Object element : list) {
                put(to, element);
            }
            to.writeEndArray();
        } else if (value instanceof Map<?, ?> dict) {
            to.writeStartObject(dict, dict.size());
            for (Map.Entry<?, ?> entry : dict.entrySet()) {
                to.writeFieldName(Text.whole((String) entry.getKey()));
                put(to, entry.getValue());
            }
            to.writeEndObject();
        } else if (value instanceof ByteBuffer binary) {
            byte[] bytes = new byte[binary.remaining()];
            binary.duplicate().get(bytes);
            to.writeBinary(bytes);
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    private static void putNumber(JsonGenerator to, Number number) throws IOException {
        if (number instanceof BigInteger big) {
            to.writeNumber(big);
        } else if (number instanceof Double || number instanceof Float) {
            to.writeNumber(number.doubleValue());
        } else {
            to.writeNumber(number.longValue());
        }
    }
}
