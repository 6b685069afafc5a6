package veche.dialect.stream;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import veche.dialect.Dialect;
import veche.dialect.HandshakeInfo;
import veche.room.Position;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;

/** Reads rooms for clients over HTTP. Thread-safe; no method blocks. */
public final class RoomStreams {
    /** The connection of requests that are answered at once. */
    private static final String NO_CONNECTION = "http";

    private final Rooms rooms;
    private final Duration longPoll;

    /** @param longPoll how long a client waits for messages that are not there */
    public RoomStreams(Rooms rooms, Duration longPoll) {
        this.rooms = rooms;
        this.longPoll = longPoll;
    }

    /**
     * The position of the newest message. The stage fails with {@link veche.room.RefusedException} if the user may not
     * read the room.
     */
    public CompletionStage<Position> end(HandshakeInfo client, RoomName room) {
        RoomSession session = rooms.roomSession(client.user(), NO_CONNECTION, client.remoteAddress(), ejection -> {});
        return session.open(room).thenApply(Room::end).whenComplete((end, failure) -> session.end());
    }

    /** The dialect of one client that follows a room as events. */
    public Dialect events(RoomName room, From from, StreamFormat format, StreamResponse response) {
        return new StreamDialect(
                (client, handshake) -> new EventSession(client, handshake, rooms, room, from, format, response));
    }

    /**
     * The dialect of one client that reads messages once.
     *
     * @param waits whether to wait for the first one if there is none
     */
    public Dialect poll(RoomName room, From from, boolean waits, StreamResponse response) {
        Duration wait = waits ? longPoll : Duration.ZERO;
        return new StreamDialect(
                (client, handshake) -> new PollSession(client, handshake, rooms, room, from, wait, response));
    }
}
