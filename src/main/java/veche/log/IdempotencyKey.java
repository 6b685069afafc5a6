package veche.log;

import java.util.Optional;
import veche.room.Draft;
import veche.room.Message;
import veche.room.RoomName;

/** Identifies repeated messages: a client's idempotency key, scoped to its author and room. */
record IdempotencyKey(RoomName room, String author, String value) {
    static Optional<IdempotencyKey> of(RoomName room, Draft draft) {
        return Optional.ofNullable(draft.key())
                .map(key -> new IdempotencyKey(room, draft.author().id(), key));
    }

    static Optional<IdempotencyKey> of(Message message) {
        return Optional.ofNullable(message.key())
                .map(key -> new IdempotencyKey(message.room(), message.author().id(), key));
    }
}
