package veche.web.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import veche.dialect.stream.From;
import veche.dialect.stream.Offsets;
import veche.dialect.stream.StreamCursor;
import veche.dialect.stream.StreamFormat;
import veche.room.RoomName;

/**
 * A request to read a room.
 *
 * @param format of events
 * @param cursor for the response
 */
record StreamRequest(RoomName room, From from, Mode mode, StreamFormat format, long cursor) {
    enum Mode {
        PAGE,
        LONG_POLL,
        EVENTS
    }

    /**
     * @throws IllegalArgumentException if a parameter is invalid
     * @throws veche.room.RefusedException if the room's name is invalid
     */
    static StreamRequest of(HttpServletRequest request) {
        String live = parameter(request, "live");
        String offset = parameter(request, "offset");
        boolean eventSource = live == null && accepts(request, "text/event-stream");
        if (live != null && offset == null) {
            throw new IllegalArgumentException("The parameter offset is missing");
        }
        return new StreamRequest(
                room(request),
                eventSource ? resumed(request, offset) : from(offset, new From.Beginning()),
                eventSource ? Mode.EVENTS : mode(live),
                eventSource ? StreamFormat.MESSAGES : StreamFormat.DURABLE,
                cursor(parameter(request, "cursor")));
    }

    static RoomName room(HttpServletRequest request) {
        return new RoomName(Objects.toString(request.getPathInfo(), "/").substring(1));
    }

    private static From resumed(HttpServletRequest request, @Nullable String offset) {
        return from(Optional.ofNullable(request.getHeader("Last-Event-ID")).orElse(offset), new From.Now());
    }

    private static From from(@Nullable String offset, From otherwise) {
        if (offset == null) {
            return otherwise;
        }
        return switch (offset) {
            case "-1" -> new From.Beginning();
            case "now" -> new From.Now();
            default ->
                Offsets.parse(offset)
                        .<From>map(From.After::new)
                        .orElseThrow(() -> new IllegalArgumentException("The offset is malformed"));
        };
    }

    private static Mode mode(@Nullable String live) {
        if (live == null) {
            return Mode.PAGE;
        }
        return switch (live) {
            case "long-poll" -> Mode.LONG_POLL;
            case "sse" -> Mode.EVENTS;
            default -> throw new IllegalArgumentException("The parameter live is long-poll or sse");
        };
    }

    private static long cursor(@Nullable String sent) {
        return sent != null && sent.matches("\\d{1,15}")
                ? StreamCursor.after(Long.parseLong(sent))
                : StreamCursor.now();
    }

    private static boolean accepts(HttpServletRequest request, String type) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(type);
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1 || values[0].isEmpty()) {
            throw new IllegalArgumentException("The parameter " + name + " must be sent once, and have a value");
        }
        return values[0];
    }
}
