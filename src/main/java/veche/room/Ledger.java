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
 * Calls take effect in the order in which they were made on this node. A stage fails with a {@link Refusal} as those of
 * {@link MessageLog}.
 */
public interface Ledger {
    /** Keeps nothing: every stage fails. What a log without a ledger gives. */
    Ledger NONE = new Ledger() {
        private <T> CompletionStage<T> none() {
            return CompletableFuture.failedFuture(
                    new Refusal(Refusal.Reason.LOG_UNAVAILABLE, "This log keeps no ledger"));
        }

        @Override
        public CompletionStage<Ruling> record(Ruling ruling) {
            return none();
        }

        @Override
        public CompletionStage<List<Ruling>> after(long number, int limit) {
            return none();
        }

        @Override
        public CompletionStage<List<Ruling>> before(long number, int limit, Optional<Set<RoomName>> rooms) {
            return none();
        }

        @Override
        public CompletionStage<List<Ruling>> sanctions() {
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
    CompletionStage<Ruling> record(Ruling ruling);

    /** Up to {@code limit} rulings with numbers greater than that, ascending. */
    CompletionStage<List<Ruling>> after(long number, int limit);

    /**
     * Up to {@code limit} rulings with numbers less than that, newest first.
     *
     * @param rooms only rulings in these rooms; empty for all, those without a room too
     */
    CompletionStage<List<Ruling>> before(long number, int limit, Optional<Set<RoomName>> rooms);

    /** The bans and mutes that nobody has lifted, those too whose time is over, in the order of their numbers. */
    CompletionStage<List<Ruling>> sanctions();

    /**
     * Keeps how far somebody has read, each in the place of what was kept for the same author and room.
     *
     * @param since marks made before then, in milliseconds since 1970, may be forgotten
     */
    CompletionStage<Void> mark(List<ReadMark> marks, long since);

    /** How far that author has read, by room. */
    CompletionStage<Map<RoomName, Position>> marks(String author);
}
