package veche.dialect.plain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;

/**
 * Encodes a text as itself, a file as its bytes, and an edit as the new text after an asterisk, the convention of chats
 * without message ids. Deletions and reactions require message ids and are not sent.
 */
record PlainEncoder() implements MessageEncoder {
    static final PlainEncoder INSTANCE = new PlainEncoder();

    @Override
    public @Nullable Frame encode(Message message) {
        if (message.isDeleted() || message.isSuperseded()) {
            return null;
        }
        return switch (message.kind()) {
            case TEXT -> new Frame.Text(text(message));
            case FILE -> new Frame.Binary(Objects.requireNonNull(message.data(), "data of a file"));
            case EDIT -> new Frame.Text("* " + text(message));
            case DELETE, REACTION -> null;
        };
    }

    private static String text(Message message) {
        return Objects.requireNonNull(message.text(), "text of a text or edit");
    }
}
