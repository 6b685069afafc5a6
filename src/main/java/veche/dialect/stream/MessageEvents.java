package veche.dialect.stream;

import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;
import veche.room.Position;

/** Encodes each message as an event with its offset as id, which {@code EventSource} sends when it reconnects. */
record MessageEvents() implements MessageEncoder {
    private static final int RETRY_MILLIS = 2_000;

    @Override
    public Frame encode(Message message) {
        return new Frame.Text(
                "id: " + Offsets.format(message.position()) + "\ndata: " + MessageJson.of(message) + "\n\n");
    }

    /** An event that is not dispatched: sets the id and the delay of reconnections. */
    static String first(Position at) {
        return "retry: " + RETRY_MILLIS + "\nid: " + Offsets.format(at) + "\n\n";
    }
}
