package veche.room;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is kept beside the messages: what moderators did, and how far each has read. The port that {@code veche.log}
 * implements, durable where its log is, and shared by the nodes of one log. Thread-safe; no method blocks the caller.
 * Calls take effect in the order in which they were made on this node. A stage fails with a {@link RefusedException} as those of
 * {@link MessageLog}.
 */
public interface RoomStateStore {
    /** Keeps nothing: every stage fails. What a log without a ledger gives. */
    RoomStateStore NONE = new RoomStateStore() {
        private <T> CompletionStage<T> none() {
            return CompletableFuture.failedFuture(
                    new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "This log keeps no ledger"));
        }

        @Override
        public CompletionStage<ModerationAction> record(ModerationAction action) {
            return none();
        }

        @Override
        public CompletionStage<List<ModerationAction>> after(long number, int limit) {
            return none();
        }

        @Override
        public CompletionStage<List<ModerationAction>> before(long number, int limit, Optional<Set<RoomName>> rooms) {
            return none();
        }

        @Override
        public CompletionStage<List<ModerationAction>> sanctions() {
            return none();
        }

        @Override
        public CompletionStage<Void> mark(List<ReadMark> marks, long since) {
            return none();
        }

        @Override
        public CompletionStage<Map<RoomName, Position>> marks(String author) {
            return none();
        }
    };

    /**
     * Records a ruling durably under the next number. A ban or mute takes the place of an earlier one of the same author
     * and room; what lifts one takes it away.
     */
    CompletionStage<ModerationAction> record(ModerationAction action);

    /** Up to {@code limit} rulings with numbers greater than that, ascending. */
    CompletionStage<List<ModerationAction>> after(long number, int limit);

    /**
     * Up to {@code limit} rulings with numbers less than that, newest first.
     *
     * @param rooms only rulings in these rooms; empty for all, those without a room too
     */
    CompletionStage<List<ModerationAction>> before(long number, int limit, Optional<Set<RoomName>> rooms);

    /** The bans and mutes that nobody has lifted, those too whose time is over, in the order of their numbers. */
    CompletionStage<List<ModerationAction>> sanctions();

    /**
     * Keeps how far somebody has read, each in the place of what was kept for the same author and room.
     *
     * @param since marks made before then, in milliseconds since 1970, may be forgotten
     */
    CompletionStage<Void> mark(List<ReadMark> marks, long since);

    /** How far that author has read, by room. */
    CompletionStage<Map<RoomName, Position>> marks(String author);
}
