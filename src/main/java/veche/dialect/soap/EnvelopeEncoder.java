package veche.dialect.soap;

import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;

/** Puts a room's messages into one-way envelopes; one for all members that hear the same kind of frames. */
record EnvelopeEncoder(FrameKind kind, EnvelopeWriter writer) implements MessageEncoder {
    private static final String ACTION = ChatNames.action("Message");

    @Override
    public Frame encode(Message message) {
        return kind.frame(writer.message(ACTION, message.id(), SchemaMapper.messageBody(message)));
    }
}
