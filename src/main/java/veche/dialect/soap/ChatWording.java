package veche.dialect.soap;

import veche.dialect.Frame;
import veche.dialect.Wording;
import veche.room.Message;

/** Puts a room's messages into one-way envelopes; one for all members that hear the same kind of frames. */
record ChatWording(FrameKind kind, EnvelopeWriter writer) implements Wording {
    private static final String ACTION = ChatNames.action("Message");

    @Override
    public Frame word(Message message) {
        return kind.frame(writer.message(ACTION, message.id(), Mapping.messageBody(message)));
    }
}
