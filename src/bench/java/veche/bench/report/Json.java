package veche.bench.report;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All results as one JSON document (RFC 8259). */
public final class Json {
    private Json() {}

    /** The properties of the machine and all figures of all results. */
    public static String of(Map<String, String> machine, List<Result> results) {
        String rows = results.stream().map(Json::result).collect(joining(",\n    "));
        return "{\n  \"machine\": " + object(machine) + ",\n  \"results\": [\n    " + rows + "\n  ]\n}\n";
    }

    private static String result(Result result) {
        return "{\"server\": " + string(result.server()) + ", \"section\": "
                + string(result.section().name().toLowerCase(Locale.ROOT)) + ", \"kind\": " + string(result.kind())
                + ", \"clients\": "
                + result.clients() + ", \"rooms\": " + result.rooms() + ", \"in_flight\": " + result.inFlight()
                + ", \"figures\": " + object(result.figures()) + "}";
    }

    private static String object(Map<String, ?> members) {
        return members.entrySet().stream()
                .map(member -> string(member.getKey()) + ": " + value(member.getValue()))
                .collect(joining(", ", "{", "}"));
    }

    private static String value(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() || number.isInfinite() ? "null" : number.toString();
        }
        return string(value.toString());
    }

    private static String string(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
