package veche.faults;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a client did or received, or what was done to the cluster. Times are those of {@link System#nanoTime}. */
sealed interface Observation {
    /** The time at which it was made. */
    long at();

    /**
     * A message is sent; all attempts with one key are for the same message.
     *
     * @param number unique in the history
     * @param key the idempotency key, which is also the text; unique in the history
     * @param link the connection
     * @param node the node to which it is connected
     */
    record Attempt(long number, String key, String author, String room, String link, int node, long at)
            implements Observation {}

    /** An attempt was acknowledged. */
    record Acknowledged(long attempt, long position, UUID id, long at) implements Observation {}

    /**
     * An attempt was answered with an error.
     *
     * @param definite whether the error means that this attempt has not stored the message
     */
    record Refused(long attempt, String error, boolean definite, long at) implements Observation {}

    /**
     * A subscription to a room began, and the server has reported from where.
     *
     * @param stream the subscription, unique in the history
     * @param after the position at which the client resumed; the end of the room, where it did not
     * @param end the end of the room at that time
     */
    record Started(String stream, String link, String room, long after, long end, boolean recovered, long at)
            implements Observation {}

    /** A connection ended. */
    record Disconnected(String link, long at) implements Observation {}

    /** A message was received. */
    record Received(String stream, long position, UUID id, String key, long at) implements Observation {}

    /** A message was received in a dialect without positions. */
    record ReceivedText(String stream, String room, String key, long at) implements Observation {}

    /** At the end of the run, a client had received the messages of a room up to a position. */
    record Reached(String client, String room, long position, long at) implements Observation {}

    /**
     * An event of a topic without a log was published.
     *
     * @param ordinal its place among the events of the connection
     * @param eligible the whitelist
     */
    record Published(String event, String link, long ordinal, Set<String> eligible, long at) implements Observation {}

    /** Such an event was received by a user. */
    record ReceivedEvent(String event, String link, String user, long at) implements Observation {}

    /** A procedure was called; an answer is due at the given time. */
    record Called(String call, long due, long at) implements Observation {}

    /** A final answer to a call, or the end of the connection of the caller, after which none is due. */
    record Answered(String call, String answer, long at) implements Observation {
        /** The error, or what else the answer is. */
        String kind() {
            return answer.replaceFirst("^\\[8,.*?\"([a-z_.]+)\".*", "$1").replaceFirst("^\\[50,.*", "result");
        }
    }

    /** A callee has executed a call. */
    record Invoked(String call, long at) implements Observation {}

    /** After the faults, what a call on a node was answered, while its callee was connected. */
    record CalledAfterwards(int node, boolean executed, String answer, long at) implements Observation {}

    /**
     * An application ended a transaction that inserted messages into the outbox.
     *
     * @param keys the texts of the messages, each unique in the history, in the order of the INSERTs
     */
    record Transacted(List<String> keys, String application, Outcome outcome, long at) implements Observation {
        enum Outcome {
            COMMITTED,
            ROLLED_BACK,
            /** The connection was lost during COMMIT. */
            UNKNOWN
        }
    }

    /** After the faults, the messages of the run that were not moved from the outbox. */
    record OutboxRest(List<String> keys, long at) implements Observation {}

    /** The ban of a user was acknowledged. */
    record Banned(String author, long at) implements Observation {}

    /** The members of a room according to a node, after the faults. */
    record Members(int node, String room, Set<String> connected, Set<String> found, long at) implements Observation {}

    /**
     * A fault began at {@code at} and ended.
     *
     * @param node the node concerned; negative for all
     * @param caughtUp how long it took until all subscribers had everything, in ns; negative if they never did
     */
    record Fault(String name, int node, long at, long until, long caughtUp) implements Observation {}
}
