package veche.dialect.soap;

import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.dialect.soap.message.ChatNames;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.dialect.soap.message.FrameKind;
import veche.room.Message;

/** Encodes room messages as one-way envelopes. All members with the same kind of frames share an encoder's output. */
record EnvelopeEncoder(FrameKind kind, EnvelopeWriter writer) implements MessageEncoder {
    private static final String ACTION = ChatNames.action("Message");

    @Override
    public Frame encode(Message message) {
        return kind.frame(writer.message(ACTION, message.id(), SchemaMapper.messageBody(message)));
    }
}
