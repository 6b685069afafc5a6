package veche.dialect.wamp;

import java.util.List;
import java.util.function.Consumer;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Room;

/** The position of a {@link TestClient} in a room that it follows. */
final class FollowedRoom {
    private final Room room;
    private final MessageEncoder encoder;
    private final Object listener;
    private long position;

    FollowedRoom(Room room, MessageEncoder encoder, Object listener, long position) {
        this.room = room;
        this.encoder = encoder;
        this.listener = listener;
        this.position = position;
    }

    MessageEncoder encoder() {
        return encoder;
    }

    /** The sequence number of the next entry; 0 if it must be read from the log, the maximum if there is none. */
    long sequence() {
        if (position >= room.tail()) {
            return Long.MAX_VALUE;
        }
        Entry entry = room.recent(position + 1);
        return entry == null ? 0 : entry.sequence();
    }

    void advance(Consumer<Frame> receiver) {
        Entry entry = room.recent(position + 1);
        if (entry == null) {
            List<Message> older =
                    room.after(position, 100).toCompletableFuture().join();
            older.forEach(message -> receiver.accept(encoder.encode(message)));
            position += older.size();
        } else {
            position++;
            if (entry.audience().admits(listener)) {
                receiver.accept(encoder.encode(entry.message()));
            }
        }
    }
}
