package veche.room;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The store for moderation actions, ranks, names and read positions; a port implemented by {@code veche.log}. It is as
 * durable as its log and shared by all nodes of one log. Thread-safe; no method blocks the caller. Calls take effect in
 * the order in which they were made on this node. A stage fails with a {@link RefusedException} as those of
 * {@link MessageLog} do.
 */
public interface RoomStateStore {
    /** Maximum number of keys of names that are kept for one author. */
    int MAX_NAME_KEYS = 16;

    /** The state store of a log without one: every stage fails. */
    RoomStateStore NONE = new RoomStateStore() {
        private <T> CompletionStage<T> none() {
            return CompletableFuture.failedFuture(
                    new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "This log has no state store"));
        }

        @Override
        public CompletionStage<ModerationAction> record(ModerationAction action) {
            return none();
        }

        @Override
        public CompletionStage<Void> noteRank(
                String author, @Nullable RoomName room, int rank, Instant at, Instant since) {
            return none();
        }

        @Override
        public CompletionStage<Integer> rank(String author, @Nullable RoomName room, Instant since) {
            return none();
        }

        @Override
        public CompletionStage<Void> noteName(String author, Set<String> keys, Instant at, Instant since) {
            return none();
        }

        @Override
        public CompletionStage<Map<String, Instant>> names(Instant since) {
            return none();
        }

        @Override
        public CompletionStage<Void> forget(String author) {
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
        public CompletionStage<Void> revoke(Revocation revocation) {
            return none();
        }

        @Override
        public CompletionStage<List<Revocation>> revocations(Instant now) {
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
     * A revocation of credentials. It concerns the users to whom each component that is not null applies.
     *
     * @param author the id of the author; not null unless {@code jti} is
     * @param jti the id of a token
     * @param before tokens issued before this time, and those without a time of issue; without a token, connections
     *     opened before it
     * @param until the time from which the revocation has no effect, or null if it does not end
     */
    record Revocation(
            @Nullable String author,
            @Nullable String jti,
            @Nullable Instant before,
            @Nullable Instant until) {
        /** @throws IllegalArgumentException if neither an author nor a token id is given */
        public Revocation {
            if (author == null && jti == null) {
                throw new IllegalArgumentException("A revocation needs an author or a jti");
            }
        }

        /** Whether it has not ended. */
        public boolean holds(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    /**
     * A permission rule, whose parts are opaque to the domain.
     *
     * @param subject the users to which it applies
     * @param name the room or URI, or a pattern
     * @param terms the permissions and what else it grants
     */
    record RuleRow(String subject, String name, String terms) {}

    /**
     * Records an action durably under the next number. A sanction replaces an earlier one of the same kind with the
     * same author, addresses and room; an action that lifts one removes it. The stage fails with
     * {@link RefusedException.Reason#NOT_ALLOWED} if a moderator of a higher rank imposed that one and it has not
     * expired.
     */
    CompletionStage<ModerationAction> record(ModerationAction action);

    /**
     * Stores the rank with which an author connected or entered a room, unless a higher one is stored that was last
     * seen after {@code since}. Ranks last seen before it may be removed.
     *
     * @param room the room of the rank, or null for all rooms
     * @param rank greater than 0
     */
    CompletionStage<Void> noteRank(String author, @Nullable RoomName room, int rank, Instant at, Instant since);

    /**
     * The author's highest stored rank in a room or in all rooms, or, if the room is null, in all rooms; 0 if there is
     * none or it was last seen before {@code since}.
     */
    CompletionStage<Integer> rank(String author, @Nullable RoomName room, Instant since);

    /**
     * Stores that an author uses a name. Only the {@value #MAX_NAME_KEYS} latest keys of an author are kept.
     *
     * @param keys by which confusable names are found, opaque to the store
     * @param since names that were last used before this time may be removed
     */
    CompletionStage<Void> noteName(String author, Set<String> keys, Instant at, Instant since);

    /** The keys of the names that any author has used at or after a time, with the latest use of each. */
    CompletionStage<Map<String, Instant>> names(Instant since);

    /** Removes the author's rank, names and read positions. The moderation actions remain. */
    CompletionStage<Void> forget(String author);

    /** Up to {@code limit} actions with numbers greater than {@code number}, ascending. */
    CompletionStage<List<ModerationAction>> after(long number, int limit);

    /**
     * Up to {@code limit} actions with numbers less than {@code number}, newest first.
     *
     * @param rooms only actions in these rooms; empty for all actions, including those without a room
     */
    CompletionStage<List<ModerationAction>> before(long number, int limit, Optional<Set<RoomName>> rooms);

    /** The sanctions that have not been lifted, including expired ones, ordered by number. */
    CompletionStage<List<ModerationAction>> sanctions();

    /** Adds a revocation durably. */
    CompletionStage<Void> revoke(Revocation revocation);

    /** The revocations that have not ended at the given time, in the order in which they were added. */
    CompletionStage<List<Revocation>> revocations(Instant now);

    /**
     * Stores read positions, each replacing the previous one of the same author and room.
     *
     * @param since marks older than this, in milliseconds since 1970-01-01T00:00:00Z, may be removed
     */
    CompletionStage<Void> mark(List<ReadMark> marks, long since);

    /**
     * The texts of the credential table by authid, which are opaque to the domain; the application writes them. Empty
     * if the log has no such table.
     */
    default CompletionStage<Map<String, String>> credentials() {
        return CompletableFuture.completedFuture(Map.of());
    }

    /** The rows of the rule table, in any order; the application writes them. Empty if the log has no such table. */
    default CompletionStage<List<RuleRow>> rules() {
        return CompletableFuture.completedFuture(List.of());
    }

    /** The author's read positions by room. */
    CompletionStage<Map<RoomName, Position>> marks(String author);
}
