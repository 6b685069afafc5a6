package veche.dialect.plain;

import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;

/**
 * A text as that text, a file as its bytes; an edit as the new text behind an asterisk, as chats without message ids have
 * always done. Deletions and reactions need ids, so plain has nothing to say of them.
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
