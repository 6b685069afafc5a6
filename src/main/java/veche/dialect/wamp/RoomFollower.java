package veche.dialect.wamp;

import java.lang.System.Logger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import veche.dialect.Client.Following;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/** Follows rooms for application code. Each subscription has a cursor, which reads the log if it lags. Thread-safe. */
final class RoomFollower {
    private static final Logger LOG = System.getLogger(RoomFollower.class.getName());
    private static final int READ = 256;

    private final Map<RoomName, Set<Cursor>> cursors = new ConcurrentHashMap<>();
    private final Executor executor;

    RoomFollower(Rooms rooms, Executor executor) {
        this.executor = executor;
        rooms.onGrowth(
                (room, before) -> cursors.getOrDefault(room.name(), Set.of()).forEach(Cursor::wake));
    }

    /** Passes the listener, in order, every later message whose audience includes it. */
    Following follow(Room room, long after, Object listener, Consumer<Message> consumer) {
        Cursor cursor = new Cursor(room, after, listener, consumer);
        cursors.compute(room.name(), (name, present) -> {
            Set<Cursor> following = present == null ? ConcurrentHashMap.newKeySet() : present;
            following.add(cursor);
            return following;
        });
        cursor.wake();
        return () -> cursors.computeIfPresent(
                room.name(), (name, following) -> following.remove(cursor) && following.isEmpty() ? null : following);
    }

    private final class Cursor {
        private final Room room;
        private final Object listener;
        private final Consumer<Message> consumer;
        private final AtomicInteger wakes = new AtomicInteger();
        private long position;

        Cursor(Room room, long after, Object listener, Consumer<Message> consumer) {
            this.room = room;
            this.position = after;
            this.listener = listener;
            this.consumer = consumer;
        }

        void wake() {
            if (wakes.getAndIncrement() == 0) {
                executor.execute(this::drain);
            }
        }

        private void drain() {
            guarded(this::deliverAll);
        }

        private void deliverAll() {
            int seen = wakes.get();
            while (position < room.tail()) {
                Entry entry = room.recent(position + 1);
                if (entry == null) {
                    room.after(position, READ)
                            .whenComplete((messages, failure) -> guarded(() -> resume(messages, failure)));
                    return;
                }
                position++;
                if (entry.audience().admits(listener)) {
                    deliver(entry.message());
                }
            }
            if (wakes.addAndGet(-seen) > 0) {
                executor.execute(this::drain);
            }
        }

        private void deliver(Message message) {
            try {
                consumer.accept(message);
            } catch (RuntimeException | Error e) {
                LOG.log(Logger.Level.ERROR, "Failed to deliver a message of room " + room.name(), e);
            }
        }

        /**
         * Logs failures and resets the cursor. An executor and a stage discard exceptions, and the cursor would be
         * stuck.
         */
        private void guarded(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Logger.Level.ERROR, "Failed to read room " + room.name() + "; retry on next message", e);
                wakes.set(0);
            }
        }

        private void resume(List<Message> messages, Throwable failure) {
            if (failure == null && !messages.isEmpty()) {
                messages.forEach(this::deliver);
                position = messages.get(messages.size() - 1).position().number();
                executor.execute(this::drain);
            } else {
                LOG.log(Logger.Level.ERROR, "Cannot read room " + room.name() + "; retry on next message", failure);
                wakes.set(0);
            }
        }
    }
}
