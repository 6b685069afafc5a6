package veche.dialect.stream;

import veche.dialect.Client;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MessageEncoder;
import veche.room.RoomName;
import veche.room.Rooms;

/** Sends the messages of a room as server-sent events until either side closes the connection. */
final class EventSession extends StreamSession {
    private final StreamFormat format;
    private final long cursor;

    EventSession(
            Client client,
            HandshakeInfo handshake,
            Rooms rooms,
            RoomName room,
            From from,
            StreamFormat format,
            StreamResponse response) {
        super(client, handshake, rooms, response);
        this.format = format;
        this.cursor = handshake
                .parameter("cursor")
                .filter(sent -> sent.matches("\\d{1,15}"))
                .map(Long::valueOf)
                .map(StreamCursor::after)
                .orElseGet(StreamCursor::now);
        open(room, from);
    }

    @Override
    void begin(Start start) {
        response().begin(start.position());
        client().send(new Frame.Text(first(start)));
        client().follow(start.room(), start.resumption().after(), encoder(start), this);
    }

    /** What a client needs to continue here, should the connection end before the first message. */
    private String first(Start start) {
        return format == StreamFormat.DURABLE
                ? DurableEvents.control(start.position(), cursor, start.isAtTail())
                : MessageEvents.first(start.position());
    }

    private MessageEncoder encoder(Start start) {
        return format == StreamFormat.DURABLE ? new DurableEvents(start.room()) : new MessageEvents();
    }
}
