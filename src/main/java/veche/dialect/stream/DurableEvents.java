package veche.dialect.stream;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;
import veche.room.Position;
import veche.room.Room;

/** Encodes messages as events {@code data} and {@code control} (Durable Streams §5.8). */
record DurableEvents(Room room) implements MessageEncoder {
    @Override
    public Frame encode(Message message) {
        return MessageArray.element(message);
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        MessageArray array = MessageArray.of(frames);
        Position next = new Position(room.end().epoch(), array.last());
        String data = "event: data\ndata: " + array.json() + "\n\n";
        return List.of(new Frame.Text(data + control(next, StreamCursor.now(), array.last() == room.tail())));
    }

    /** @param upToDate whether there is no later message */
    static String control(Position next, long cursor, boolean upToDate) {
        JsonObjectBuilder control = Json.createObjectBuilder()
                .add("streamNextOffset", Offsets.format(next))
                .add("streamCursor", Long.toString(cursor));
        if (upToDate) {
            control.add("upToDate", true);
        }
        return "event: control\ndata: " + control.build() + "\n\n";
    }
}
