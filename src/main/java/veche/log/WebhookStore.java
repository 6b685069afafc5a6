package veche.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import veche.room.RefusedException;

/**
 * The durable state of a webhook: how far each stream of events has been delivered, which node delivers, and what could
 * not be delivered. A stream is a room, or the moderation actions. Blocking; thread-safe. Each method throws
 * {@link RefusedException} ({@link RefusedException.Reason#LOG_UNAVAILABLE}) if the database fails.
 */
public interface WebhookStore {
    /** The stream of the moderation actions. */
    long MODERATION = 0;

    /** The position before the creation of a room is delivered. */
    long UNANNOUNCED = -1;

    /**
     * The events that are delivered.
     *
     * @param rooms patterns of rooms, in which {@code *} stands for any characters
     * @param created whether the creation of rooms is an event
     * @param messages whether messages are events
     * @param moderation whether moderation actions are events
     */
    record Selection(List<String> rooms, boolean created, boolean messages, boolean moderation) {
        public Selection {
            rooms = List.copyOf(rooms);
        }

        boolean hasRooms() {
            return created || messages;
        }
    }

    /**
     * A part of a stream: what is after a position, up to another one.
     *
     * @param id the id of the room, or {@link #MODERATION}
     * @param room the name of the room; empty for the moderation actions
     * @param position the last delivered position; {@link #UNANNOUNCED} before the creation of the room is
     * @param until the last position
     * @param attempts how often this part was sent without success
     */
    record Part(long id, String room, long position, long until, int attempts) {}

    /**
     * A part that could not be delivered.
     *
     * @param retried whether it is to be sent once more
     */
    record DeadLetter(long number, Part part, String reason, Instant at, boolean retried) {}

    /**
     * What is to be delivered.
     *
     * @param pending messages and moderation actions that have not been delivered
     * @param dead the number of dead letters
     */
    record Backlog(long pending, long dead) {}

    /**
     * Begins to deliver these events. What is stored already is not delivered the first time, nor are the messages of
     * rooms that an earlier selection did not contain.
     */
    void begin(Selection selection);

    /** Makes this node the one that delivers, or lets it remain so; returns whether it is. */
    boolean lease(String holder, Duration duration);

    /** Lets another node deliver. */
    void release(String holder);

    /** The parts that are to be delivered now, the least recently delivered streams first. */
    List<Part> due(Selection selection, int limit);

    /** Notes that a part has been delivered. */
    void delivered(Part part);

    /** Notes that a part was not delivered, to be sent again after a pause, with the same end. */
    void failed(Part part, Duration pause, String reason);

    /** Adds a part to the dead letters and continues after it. */
    void bury(Part part, String reason);

    /** The oldest dead letters, or only those that are to be sent once more. */
    List<DeadLetter> deadLetters(boolean retriedOnly, int limit);

    /** Lets a dead letter be sent once more; returns whether there is one with this number. */
    boolean retry(long number);

    /** Notes that a dead letter was not delivered once more. */
    void failedAgain(long number, String reason);

    /** Removes a dead letter; returns whether there was one with this number. */
    boolean remove(long number);

    /** What is to be delivered. */
    Backlog backlog(Selection selection);
}
