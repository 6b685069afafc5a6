package veche.dialect.stream;

import java.util.List;
import java.util.stream.Collectors;
import veche.dialect.Frame;
import veche.room.Message;

/**
 * Messages as a JSON array. Before they are combined, each is a frame of its position, a line feed, and its JSON.
 *
 * @param last the position of the last message
 */
record MessageArray(long last, String json) {
    static Frame element(Message message) {
        return new Frame.Text(message.position().number() + "\n" + MessageJson.of(message));
    }

    /** Combines frames of {@link #element}. */
    static MessageArray of(List<Frame> elements) {
        String last = text(elements.get(elements.size() - 1));
        return new MessageArray(
                Long.parseLong(last.substring(0, last.indexOf('\n'))),
                elements.stream()
                        .map(MessageArray::text)
                        .map(text -> text.substring(text.indexOf('\n') + 1))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static String text(Frame frame) {
        return ((Frame.Text) frame).text();
    }
}
