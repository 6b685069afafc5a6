package veche.dialect.wamp.v1;

import java.util.List;
import java.util.Map;
import veche.dialect.wamp.message.Payload;

/** One JSON value, which is all that v1 publishes and returns, for arguments and keywords, and back. */
final class V1Payload {
    private V1Payload() {}

    /** Nothing is null, one argument itself, several a list, keywords a dict, and both a dict of both. */
    static Object of(Payload payload) {
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

    /** One value as the only argument. */
    static Payload argument(Object value) {
        return Payload.of(value);
    }

    /** The server's own procedures and rooms take a lone dict as keywords. */
    @SuppressWarnings("unchecked")
    static Payload keywords(List<Object> args) {
        return args.size() == 1 && args.get(0) instanceof Map<?, ?> dict
                ? new Payload(List.of(), (Map<String, Object>) dict)
                : new Payload(args, Map.of());
    }
}
