package veche.dialect.wamp.v1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;

/** Converts between payloads and the single JSON value that v1 supports for events and results. */
final class V1Payload {
    private V1Payload() {}

    /**
     * Converts a payload: none to null, one argument to itself, several arguments to a list, keyword arguments to a
     * dict, and both kinds to a dict of {@code args} and {@code kwargs}.
     */
    static @Nullable Object of(Payload payload) {
        List<Object> args = payload.args();
        if (payload.kwargs().isEmpty()) {
            return switch (args.size()) {
                case 0 -> null;
                case 1 -> args.get(0);
                default -> args;
            };
        }
        return args.isEmpty() ? payload.kwargs() : Map.of("args", args, "kwargs", payload.kwargs());
    }

    /** Returns a payload with a single argument. */
    static Payload argument(@Nullable Object value) {
        return Payload.of(value);
    }

    /**
     * Converts arguments for the server's own procedures and rooms, which accept a single dict as keyword arguments.
     */
    @SuppressWarnings("unchecked")
    static Payload keywords(List<Object> args) {
        return args.size() == 1 && args.get(0) instanceof Map<?, ?> dict
                ? new Payload(List.of(), (Map<String, Object>) dict)
                : new Payload(args, Map.of());
    }
}
