package veche.log;

import java.util.concurrent.CompletableFuture;
import veche.room.Draft;
import veche.room.Extent;
import veche.room.MessageLog.Appended;
import veche.room.RefusedException;
import veche.room.RoomName;

/** What waits for the writer. */
sealed interface WriteRequest {
    /** The room that it is about. */
    RoomName room();

    /** About how many bytes it adds to a transaction. */
    default long weight() {
        return 0;
    }

    /** Says no to whoever asked. */
    default void refuse(RefusedException refusal) {}

    /** A message to add. */
    record Append(RoomName room, Draft draft, CompletableFuture<Appended> answer) implements WriteRequest {
        @Override
        public long weight() {
            return draft.weight();
        }

        @Override
        public void refuse(RefusedException refusal) {
            answer.completeExceptionally(refusal);
        }
    }

    /** A room whose extent is asked for. */
    record Open(RoomName room, CompletableFuture<Extent> answer) implements WriteRequest {
        @Override
        public void refuse(RefusedException refusal) {
            answer.completeExceptionally(refusal);
        }
    }

    /** A room in which another node may have written. */
    record Poll(RoomName room) implements WriteRequest {}

    /** A room that the listener needs no longer. */
    record Release(RoomName room) implements WriteRequest {}

    /** A room that may hold too much. */
    record Trim(RoomName room) implements WriteRequest {
        /** How many messages go at once. */
        static final int STEP = 4_096;

        /** Of a size that lets few of them into one transaction. */
        @Override
        public long weight() {
            return STEP * 256L;
        }
    }
}
