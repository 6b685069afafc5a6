package veche.log;

import veche.room.Draft;
import veche.room.Message;
import veche.room.RoomName;

/** Identifies repeated messages: a client's idempotency key, scoped to its author and room. */
record IdempotencyKey(RoomName room, String author, String value) {
    static IdempotencyKey of(RoomName room, Draft draft) {
        return new IdempotencyKey(room, draft.author().id(), draft.key());
    }

    static IdempotencyKey of(Message message) {
        return new IdempotencyKey(message.room(), message.author().id(), message.key());
    }
}
