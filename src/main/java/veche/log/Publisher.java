package veche.log;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import veche.room.Message;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Extent;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * Delivers committed batches, after everything that other nodes committed before them, and completes the stages of the
 * callers. Confined to the writer thread.
 */
final class Publisher {
    private final Storage storage;
    private final DeliveryState deliveryState;
    private final FeedFollower feed;
    private final Incidents incidents;
    private final Consumer<RoomName> trimmedPartly;

    /** @param trimmedPartly accepts the rooms that may have more messages to trim */
    Publisher(
            Storage storage,
            DeliveryState deliveryState,
            FeedFollower feed,
            Incidents incidents,
            Consumer<RoomName> trimmedPartly) {
        this.storage = storage;
        this.deliveryState = deliveryState;
        this.feed = feed;
        this.incidents = incidents;
        this.trimmedPartly = trimmedPartly;
    }

    /**
     * Rooms are opened first: messages that were appended later are delivered to them, and of those that were appended
     * earlier, none is delivered twice, since the extent of a room is what has been delivered.
     */
    void publish(Batch batch) {
        batch.trimmed().forEach(deliveryState::trimmed);
        select(batch, Batch.Outcome.Opened.class).forEach(this::open);
        try {
            deliver(batch);
            select(batch, Batch.Outcome.Stored.class).forEach(this::acknowledge);
        } catch (StorageException | RuntimeException e) {
            // Committed, but not delivered: the next reading of the feed does so.
            RefusedException refusal = incidents.unavailable(e);
            select(batch, Batch.Outcome.Stored.class)
                    .forEach(stored -> incidents.guard(() -> stored.request().refuse(refusal)));
        }
        select(batch, Batch.Outcome.Erased.class).forEach(this::erase);
        select(batch, Batch.Outcome.Refused.class)
                .forEach(refused -> incidents.guard(() -> refused.request().refuse(refused.why())));
        batch.unfinished().forEach(trimmedPartly);
        deliveryState.evictIdle();
    }

    private static <T extends Batch.Outcome> Stream<T> select(Batch batch, Class<T> type) {
        return batch.outcomes().stream().filter(type::isInstance).map(type::cast);
    }

    private void open(Batch.Outcome.Opened opened) {
        RoomBounds bounds = deliveryState.opened(opened.request().room());
        Extent extent = new Extent(storage.epoch(), bounds.first(), bounds.last());
        incidents.guard(() -> opened.request().result().complete(extent));
    }

    private void deliver(Batch batch) throws StorageException {
        List<Appended> added = batch.added();
        if (!feed.hasFeed()) {
            deliveryState.committed(added);
        } else if (!batch.changed().isEmpty()) {
            deliveryState.expect(added);
            List<Message> own = added.stream().map(Appended::message).toList();
            feed.read(own);
            deliveryState.delivered(batch.changed());
        }
    }

    private void acknowledge(Batch.Outcome.Stored stored) {
        incidents.guard(() -> stored.request().result().complete(stored.appended()));
    }

    private void erase(Batch.Outcome.Erased erased) {
        deliveryState.erased(erased.request().room(), erased.request().author());
        incidents.guard(() -> erased.request().result().complete(null));
    }
}
