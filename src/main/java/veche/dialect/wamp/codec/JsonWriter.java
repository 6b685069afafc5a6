package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one value as compact JSON. */
final class JsonWriter {
    private final Json json;
    private final boolean verbatim;
    private final StringBuilder to = new StringBuilder(256);

    /** @param verbatim whether a first U+0000 of a string is written unchanged */
    JsonWriter(Json json, boolean verbatim) {
        this.json = json;
        this.verbatim = verbatim;
    }

    String message(Object value) {
        Encoded last = Forwarded.in(value, json);
        if (last == null) {
            put(value);
        } else {
            List<?> fields = (List<?>) value;
            put(fields.subList(0, fields.size() - last.fields()));
            String data = (String) last.data();
            to.ensureCapacity(to.length() + data.length() + 1);
            to.setCharAt(to.length() - 1, ',');
            to.append(data).append(']');
        }
        return to.toString();
    }

    private void put(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            to.append(value);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Map<?, ?> dict) {
            dict(Portable.keyed(dict));
        } else if (value instanceof ByteBuffer binary) {
            JsonStrings.quoted(to, JsonStrings.BINARY + base64(binary));
        } else if (value instanceof Tagged || value instanceof Instant || value instanceof OpaqueValue) {
            put(Portable.common(value));
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    private void string(String string) {
        if (verbatim) {
            JsonStrings.quoted(to, string);
        } else {
            JsonStrings.value(to, string);
        }
    }

    private void list(List<?> list) {
        String separator = "[";
        for (Object element : list) {
            to.append(separator);
            put(element);
            separator = ",";
        }
        to.append(list.isEmpty() ? "[]" : "]");
    }

    private void dict(Map<String, @Nullable Object> dict) {
        String separator = "{";
        for (Map.Entry<String, Object> entry : dict.entrySet()) {
            to.append(separator);
            JsonStrings.quoted(to, entry.getKey());
            to.append(':');
            put(entry.getValue());
            separator = ",";
        }
        to.append(dict.isEmpty() ? "{}" : "}");
    }

    private void number(Number number) {
        boolean real = number instanceof Double || number instanceof Float;
        to.append(real && !Double.isFinite(number.doubleValue()) ? null : number);
    }

    private static String base64(ByteBuffer binary) {
        byte[] bytes = new byte[binary.remaining()];
        binary.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
