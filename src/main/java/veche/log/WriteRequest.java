package veche.log;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import veche.log.outbox.OutboxRow;
import veche.room.Draft;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Extent;
import veche.room.RefusedException;
import veche.room.RoomName;

/** A request to the writer. */
sealed interface WriteRequest {
    /** The flow of requests that add nothing to a transaction. Author ids are not empty. */
    String CONTROL = "";

    /** The flow of retention; no author id of Veche has this form. */
    String RETENTION = "retention of messages";

    /** The room that the request concerns. */
    RoomName room();

    /**
     * The flow of the request: requests of a flow are written in their order, and flows share the writer fairly.
     * Requests of the flow {@link #CONTROL} precede those of all others.
     */
    default String flow() {
        return CONTROL;
    }

    /** The approximate number of bytes that it adds to a transaction. */
    default long weight() {
        return 0;
    }

    /** Fails the caller's stage, if there is one. */
    default void refuse(RefusedException refusal) {}

    /** Appends a message. */
    record Append(RoomName room, Draft draft, CompletableFuture<Appended> result) implements WriteRequest {
        @Override
        public String flow() {
            return draft.author().id();
        }

        @Override
        public long weight() {
            return draft.weight();
        }

        @Override
        public void refuse(RefusedException refusal) {
            result.completeExceptionally(refusal);
        }
    }

    /** Opens a room and returns its extent. */
    record Open(RoomName room, CompletableFuture<Extent> result) implements WriteRequest {
        @Override
        public void refuse(RefusedException refusal) {
            result.completeExceptionally(refusal);
        }
    }

    /** Erases the messages of an author. */
    record Erase(RoomName room, String author, CompletableFuture<Void> result) implements WriteRequest {
        /** The author's, so that an erasure includes the messages that wait for the writer. */
        @Override
        public String flow() {
            return author;
        }

        /** Limits the number of erasures in one transaction. */
        @Override
        public long weight() {
            return Trim.WEIGHT;
        }

        @Override
        public void refuse(RefusedException refusal) {
            result.completeExceptionally(refusal);
        }
    }

    /** Delivers what other nodes have committed. */
    record Poll(CompletableFuture<Void> result) implements WriteRequest {
        /** Any: the request concerns all rooms, and no transaction. */
        @Override
        public RoomName room() {
            return RoomName.LOBBY;
        }
    }

    /**
     * Adds the messages of an outbox in another database, in a transaction of their own.
     *
     * @param result the reasons of refusals by the ids of the refused rows
     */
    record Relay(List<OutboxRow> rows, CompletableFuture<Map<Long, String>> result) implements WriteRequest {
        /** Any: the rows have their own. */
        @Override
        public RoomName room() {
            return RoomName.LOBBY;
        }

        @Override
        public void refuse(RefusedException refusal) {
            result.completeExceptionally(refusal);
        }
    }

    /** The listener releases a room. */
    record Release(RoomName room) implements WriteRequest {}

    /** Erases the messages of an author, which another node has erased in the database, in the memory of this node. */
    record Forget(String author) implements WriteRequest {
        /** Any: the request concerns all rooms, and no transaction. */
        @Override
        public RoomName room() {
            return RoomName.LOBBY;
        }
    }

    /** Applies retention to a room. */
    record Trim(RoomName room) implements WriteRequest {
        /** Number of messages that are deleted in one step. */
        static final int STEP = 4_096;

        /** Small compared with its content, which only the database processes. */
        private static final long WEIGHT = STEP * 32L;

        @Override
        public String flow() {
            return RETENTION;
        }

        /** Limits the number of trimmed rooms in one transaction. */
        @Override
        public long weight() {
            return WEIGHT;
        }
    }
}
