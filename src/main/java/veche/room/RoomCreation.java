package veche.room;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import veche.room.access.Privilege;
import veche.room.access.UserLimits;

/**
 * Sends the messages of one connection to rooms that may be new: the first message of a room requires
 * {@link Privilege#CREATE} and counts towards {@link UserLimits.Action#ROOM}. Thread-safe and non-blocking.
 */
final class RoomCreation {
    private final Target rooms;
    private final RoomAccess access;
    private final ReentrantLock lock = new ReentrantLock();
    /** The last message whose room had to be looked up. Written under {@link #lock}. */
    private volatile CompletableFuture<?> lookup = CompletableFuture.completedFuture(null);

    /** The rooms that messages are sent to. */
    interface Target {
        /** Whether the room is open on this node and has, or had, messages. */
        boolean hasMessages(RoomName room);

        /** As {@code Rooms#open}. */
        CompletionStage<Room> open(RoomName room);

        /** As {@code Rooms#append}. */
        CompletionStage<MessageLog.Appended> append(RoomName room, Draft draft);
    }

    RoomCreation(Target rooms, RoomAccess access) {
        this.rooms = rooms;
        this.access = access;
    }

    CompletionStage<MessageLog.Appended> append(RoomName room, Draft draft) {
        boolean exists = rooms.hasMessages(room);
        if (!lookup.isDone() || !exists && !access.has(room, Privilege.CREATE)) {
            return appendToExisting(room, draft);
        }
        if (exists) {
            return rooms.append(room, draft);
        }
        // Whether the room is new is known after the commit: a user above the rate awaits the next permit.
        Optional<Duration> wait = access.wait(UserLimits.Action.ROOM);
        return wait.isPresent()
                ? CompletableFuture.failedFuture(RefusedException.limited(wait.get()))
                : rooms.append(room, draft).whenComplete((sent, failure) -> {
                    if (failure == null) {
                        count(sent.message());
                    }
                });
    }

    private void count(Message sent) {
        if (sent.position().number() == 1) {
            access.take(UserLimits.Action.ROOM);
        }
    }

    /** One after the other, since stages that depend on one stage complete in no particular order. */
    private CompletionStage<MessageLog.Appended> appendToExisting(RoomName room, Draft draft) {
        lock.lock();
        try {
            CompletableFuture<MessageLog.Appended> sent = lookup.handle((done, failure) -> room)
                    .thenCompose(rooms::open)
                    .thenCompose(opened -> {
                        if (opened.tail() == 0) {
                            access.check(room, Privilege.CREATE);
                        }
                        return rooms.append(room, draft);
                    });
            lookup = sent;
            return sent;
        } finally {
            lock.unlock();
        }
    }
}
