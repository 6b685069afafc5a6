package veche.web.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of requests, converted to the types that an operation expects. */
final class ApiValues {
    private ApiValues() {}

    /** @param name what the value is, for the answer to another one */
    static Map<String, @Nullable Object> object(@Nullable Object value, String name) {
        if (!(value instanceof Map<?, ?> members)) {
            throw invalid(name + " must be a JSON object");
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        members.forEach((key, member) -> object.put((String) key, member));
        return object;
    }

    static List<?> list(@Nullable Object value, String name) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw invalid("'" + name + "' must be a list");
    }

    static <T> Optional<T> any(Map<String, ?> members, String name, Class<T> type) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw invalid("'" + name + "' must be a " + kind(type));
        }
        return Optional.of(type.cast(value));
    }

    static <T> T required(Map<String, ?> members, String name, Class<T> type) {
        return any(members, name, type).orElseThrow(() -> invalid("'" + name + "' is missing"));
    }

    static Optional<Long> integer(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw invalid("'" + name + "' must be an integer");
            }
        });
    }

    static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw noMessage();
        }
        throw noMessage();
    }

    private static ProblemException noMessage() {
        return new ProblemException(ProblemType.NOT_FOUND, "The id of a message is a UUID");
    }

    private static String kind(Class<?> type) {
        return type == Long.class ? "number" : type == Boolean.class ? "boolean" : "string";
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
