package veche.dialect.stream;

import java.util.List;
import java.util.stream.Collectors;
import veche.room.Message;
import veche.room.Position;

/**
 * Consecutive messages of a room.
 *
 * @param from the position before the first
 * @param next the position of the last, or {@code from}
 * @param upToDate whether there was no further message
 */
public record Page(Position from, Position next, boolean upToDate, List<Message> messages) {
    public Page {
        messages = List.copyOf(messages);
    }

    static Page of(Start start, List<Message> messages) {
        Position next = messages.isEmpty()
                ? start.position()
                : messages.get(messages.size() - 1).position();
        return new Page(start.position(), next, next.number() >= start.room().tail(), messages);
    }

    static Page empty(Position at) {
        return new Page(at, at, true, List.of());
    }

    /** The messages as a JSON array. */
    public String json() {
        return messages.stream().map(MessageJson::of).collect(Collectors.joining(",", "[", "]"));
    }
}
