package veche.dialect.plain;

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
    public Frame encode(Message message) {
        if (message.isDeleted() || message.isSuperseded()) {
            return null;
        }
        return switch (message.kind()) {
            case TEXT -> new Frame.Text(message.text());
            case FILE -> new Frame.Binary(message.data());
            case EDIT -> new Frame.Text("* " + message.text());
            case DELETE, REACTION -> null;
        };
    }
}
