package veche.log;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import veche.room.MessageLog;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * The writer thread: commits queued requests in batches of one transaction each, then notifies the listener, then
 * completes the stages of the callers. A failure does not end the thread.
 */
final class Writer implements Runnable {
    private static final int MAX_KEYS_DELETED = 4_096;
    private static final int MAX_REVISIONS_DELETED = 1_024;
    private static final int MAX_ENTRIES_DELETED = 10_000;
    /** No time is later. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Storage storage;
    private final WriteQueue queue;
    private final LogLimits limits;
    private final DeliveryState deliveryState;
    private final Incidents incidents;
    private final Runnable sweep;
    private final FeedFollower feed;
    private final Publisher publisher;
    private final OutboxRelay outbox;
    private final BooleanSupplier full;
    private boolean outboxPending;
    private long nextOutbox;
    private boolean expiryPending;
    private long nextSweep = System.nanoTime();

    /**
     * @param sweep finds rooms that exceed retention limits; called at the interval of retention, must not block
     * @param full whether there is no space for messages
     */
    Writer(
            Storage storage,
            WriteQueue queue,
            LogLimits limits,
            DeliveryState deliveryState,
            Incidents incidents,
            Runnable sweep,
            BooleanSupplier full) {
        this.storage = storage;
        this.queue = queue;
        this.limits = limits;
        this.deliveryState = deliveryState;
        this.incidents = incidents;
        this.sweep = sweep;
        this.full = full;
        this.feed = new FeedFollower(storage, deliveryState, limits.cluster());
        this.publisher = new Publisher(
                storage, deliveryState, feed, incidents, room -> queue.addInternal(new WriteRequest.Trim(room)));
        this.outbox =
                new OutboxRelay(storage, limits, (rooms, content) -> write(rooms, rooms, content), publisher::publish);
        this.nextOutbox = System.nanoTime() + (limits.outbox().poll().isZero() ? NEVER : 0);
    }

    @Override
    public void run() {
        while (!queue.isDrained()) {
            incidents.guard(this::processBatch);
        }
    }

    private void processBatch() {
        sweepIfDue();
        pollIfDue();
        relayIfDue();
        List<WriteRequest> requests;
        try {
            long next = Math.min(Math.min(nextSweep, feed.next()), nextOutbox);
            requests = queue.take(expiryPending || outboxPending ? 0 : next - System.nanoTime());
        } catch (InterruptedException e) {
            // Only QueuedLog.close() interrupts, after its timeout.
            queue.close();
            return;
        }
        List<CompletableFuture<Void>> polls = polls(requests);
        if (!polls.isEmpty()) {
            poll(polls);
        }
        requests.removeIf(this::handleAlone);
        if (!requests.isEmpty() || expiryPending) {
            commit(new Batch(requests));
        }
    }

    /** Handles a request that is no part of the transaction of the others; returns whether it was one. */
    private boolean handleAlone(WriteRequest request) {
        if (request instanceof WriteRequest.Release) {
            deliveryState.released(request.room());
            return true;
        } else if (request instanceof WriteRequest.Forget forget) {
            deliveryState.forgotten(forget.author());
            return true;
        } else if (request instanceof WriteRequest.Relay relay) {
            relay(relay);
            return true;
        }
        return request instanceof WriteRequest.Poll;
    }

    private static List<CompletableFuture<Void>> polls(List<WriteRequest> requests) {
        return requests.stream()
                .filter(WriteRequest.Poll.class::isInstance)
                .map(request -> ((WriteRequest.Poll) request).result())
                .toList();
    }

    /** Reads the feed once for all. */
    private void poll(List<CompletableFuture<Void>> results) {
        try {
            feed.read(List.of());
            results.forEach(result -> incidents.guard(() -> result.complete(null)));
        } catch (StorageException | RuntimeException e) {
            RefusedException refusal = incidents.unavailable(e);
            results.forEach(result -> incidents.guard(() -> result.completeExceptionally(refusal)));
        }
    }

    private void pollIfDue() {
        if (System.nanoTime() - feed.next() >= 0) {
            poll(List.of());
        }
    }

    /** As {@link MessageLog#following}. Called by any thread. */
    Optional<MessageLog.Following> following() {
        return feed.following();
    }

    private void sweepIfDue() {
        if (System.nanoTime() - nextSweep >= 0) {
            nextSweep = System.nanoTime() + limits.retention().interval().toNanos();
            expiryPending = true;
            sweep.run();
        }
    }

    /** Between the batches of clients, so that neither delays the other for long. */
    private void relayIfDue() {
        if (!outboxPending && System.nanoTime() - nextOutbox < 0) {
            return;
        }
        if (!limits.outbox().poll().isZero()) {
            nextOutbox = System.nanoTime() + limits.outbox().poll().toNanos();
        }
        outboxPending = false;
        if (full.getAsBoolean()) {
            return;
        }
        try {
            outboxPending = outbox.relay();
        } catch (StorageException | RuntimeException e) {
            incidents.report(e);
        }
    }

    private void relay(WriteRequest.Relay request) {
        if (full.getAsBoolean()) {
            request.refuse(
                    new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "The storage of messages is full"));
            return;
        }
        ForeignRows origin = new ForeignRows();
        try {
            outbox.relay(request.rows(), origin);
            incidents.guard(() -> request.result().complete(origin.refused()));
        } catch (StorageException | RuntimeException e) {
            request.refuse(incidents.unavailable(e));
        }
    }

    /** What the outbox relay has done so far. Its counters are read by any thread. */
    OutboxRelay outbox() {
        return outbox;
    }

    private void commit(Batch batch) {
        try {
            write(batch);
        } catch (StorageException e) {
            if (e.aboutContent() && batch.size() > 1) {
                batch.halves().forEach(this::commit);
            } else {
                batch.refuse(incidents.unavailable(e));
            }
            return;
        } catch (RuntimeException | Error e) {
            batch.refuse(incidents.unavailable(e));
            return;
        }
        publisher.publish(batch);
    }

    private void write(Batch batch) throws StorageException {
        write(batch.changed(), batch.written(), (transaction, keysSince) -> {
            deliveryState.follow(transaction, batch.opened());
            batch.fill(transaction, storage.epoch(), keysSince, limits.retention());
            return batch;
        });
    }

    private Batch write(SortedSet<RoomName> changed, SortedSet<RoomName> written, OutboxRelay.Content content)
            throws StorageException {
        long keysSince =
                System.currentTimeMillis() - limits.writes().keyMemory().toMillis();
        try (Storage.Transaction transaction = storage.begin(changed, written)) {
            follow(transaction);
            Batch batch = content.in(transaction, keysSince);
            if (expiryPending) {
                expiryPending = deleteExpired(transaction, keysSince);
            }
            commit(transaction, batch);
            return batch;
        }
    }

    /**
     * With a feed, what others have committed in the rooms is delivered after the commit, so that they need not wait
     * for it.
     */
    private void follow(Storage.Transaction transaction) throws StorageException {
        if (feed.hasFeed()) {
            deliveryState.follow(transaction);
        } else {
            deliveryState.catchUp(transaction);
        }
    }

    /** Deletes expired keys and revisions; returns whether there may be more. */
    private boolean deleteExpired(Storage.Transaction transaction, long keysSince) throws StorageException {
        long revisionsSince =
                System.currentTimeMillis() - limits.retention().revisions().toMillis();
        int keys = transaction.forget(keysSince, MAX_KEYS_DELETED);
        int revisions = transaction.forgetRevisions(revisionsSince, MAX_REVISIONS_DELETED);
        int entries = transaction.forgetFeed(limits.cluster().memory().toMillis(), MAX_ENTRIES_DELETED);
        boolean more = keys == MAX_KEYS_DELETED || revisions == MAX_REVISIONS_DELETED || entries == MAX_ENTRIES_DELETED;
        if (!more) {
            transaction.forgetHeld();
        }
        return more;
    }

    private void commit(Storage.Transaction transaction, Batch batch) throws StorageException {
        try {
            transaction.commit(feed.seen());
        } catch (StorageException e) {
            deliveryState.expect(batch.added());
            feed.commitFailed();
            throw e;
        }
    }
}
