package veche.log;

import veche.room.Draft;
import veche.room.Message;
import veche.room.RoomName;

/** What makes two messages the same: the client's idempotency key, of one author, in one room. */
record Key(RoomName room, String author, String value) {
    static Key of(RoomName room, Draft draft) {
        return new Key(room, draft.author().id(), draft.key());
    }

    static Key of(Message message) {
        return new Key(message.room(), message.author().id(), message.key());
    }
}
