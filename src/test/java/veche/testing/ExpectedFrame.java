package veche.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A frame of the server as a line of a {@link Transcript} describes it, with placeholders. */
final class ExpectedFrame {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]\\w*|…)}");
    /** A placeholder that stands for a whole JSON value, which a JSON parser does not accept. */
    private static final Pattern VALUE = Pattern.compile("(?<=[\\[:,]|[\\[:,] )" + PLACEHOLDER + "(?=[\\],} ]|$)");

    private static final Pattern QUOTED_VALUE = Pattern.compile("\"@([a-z]\\w*|…)@\"");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String TOKEN = "[\\w:.-]+";

    private final String text;

    ExpectedFrame(String text) {
        this.text = text.startsWith("[")
                ? QUOTED_VALUE
                        .matcher(sorted(VALUE.matcher(text).replaceAll("\"@$1@\"")))
                        .replaceAll("{$1}")
                : text;
    }

    /** A JSON text with the members of objects in the order of their names; any other text is returned unchanged. */
    private static String sorted(String text) {
        if (!text.startsWith("[")) {
            return text;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return sorted(reader.readValue()).toString();
        } catch (JsonException notJson) {
            return text;
        }
    }

    private static JsonValue sorted(JsonValue value) {
        switch (value.getValueType()) {
            case ARRAY -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                value.asJsonArray().forEach(element -> array.add(sorted(element)));
                return array.build();
            }
            case OBJECT -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                new TreeMap<>(value.asJsonObject()).forEach((name, member) -> object.add(name, sorted(member)));
                return object.build();
            }
            default -> {
                return value;
            }
        }
    }

    /** Compares with a frame, and adds the values of new placeholders. */
    boolean matches(String actual, Map<String, String> values) {
        List<String> names = new ArrayList<>();
        Matcher matcher =
                Pattern.compile(pattern(values, names), Pattern.DOTALL).matcher(sorted(actual));
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
        return true;
    }

    /** @param names receives the names of the new placeholders, in the order of the pattern's groups */
    private String pattern(Map<String, String> values, List<String> names) {
        StringBuilder pattern = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int end = 0;
        while (placeholder.find()) {
            pattern.append(Pattern.quote(text.substring(end, placeholder.start())));
            pattern.append(pattern(placeholder.group(1), values, names));
            end = placeholder.end();
        }
        return pattern.append(Pattern.quote(text.substring(end))).toString();
    }

    private static String pattern(String name, Map<String, String> values, List<String> names) {
        if (name.equals("…")) {
            return ".*?";
        }
        if (name.equals("time")) {
            return TIME;
        }
        if (values.containsKey(name)) {
            return Pattern.quote(values.get(name));
        }
        if (names.contains(name)) {
            return "\\" + (names.indexOf(name) + 1);
        }
        names.add(name);
        return "(" + TOKEN + ")";
    }

    /** Describes how a frame differs, with a mark below the first character that no continuation can match. */
    String difference(String actual, Map<String, String> values) {
        String found = sorted(actual);
        String expected = PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder ->
                        Matcher.quoteReplacement(values.getOrDefault(placeholder.group(1), placeholder.group())));
        Matcher matcher = Pattern.compile(pattern(values, new ArrayList<>()), Pattern.DOTALL)
                .matcher(found);
        int matched = 0;
        for (int end = found.length(); end > 0 && matched == 0; end--) {
            matcher.region(0, end);
            // A prefix that is not a match, but could become one with more input, agrees with the pattern so far.
            matched = !matcher.matches() && matcher.hitEnd() ? end : 0;
        }
        return "the server sent another frame\n  expected: " + expected + "\n  actual:   " + found + "\n            "
                + " ".repeat(matched) + "^";
    }
}
