package veche.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Room;

/**
 * A cursor: one connection in one room. Touched by its connection's carrier only, but for {@link #stop}.
 */
final class RoomCursor implements Client.Following {
    private static final int MESSAGES_PER_READ = 256;

    private final Connection connection;
    private final Room room;
    private final Share share;
    private final Share.Voice voice;
    private final Object listener;
    private long cursor;
    private long volume;
    /** What was read back from the log and not yet handed over; null when there is nothing. */
    private FrameBatch backlog;

    private boolean reading;
    private long readingSince;
    private boolean live;
    /** Whether the connection has it among those with something to say. */
    boolean dirty;
    /** Its place in the share's list. */
    int index;

    private volatile boolean stopped;

    RoomCursor(Connection connection, Share share, Share.Voice voice, long after, Object listener) {
        this.connection = connection;
        this.share = share;
        this.room = share.room();
        this.voice = voice;
        this.cursor = after;
        this.live = after >= room.tail();
        this.volume = room.volume();
        this.listener = listener;
    }

    Connection connection() {
        return connection;
    }

    Room room() {
        return room;
    }

    Share.Voice voice() {
        return voice;
    }

    boolean stopped() {
        return stopped;
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            share.worker().execute(() -> {
                share.remove(this);
                connection.forget(this);
            });
        }
    }

    /** Bytes of content that wait behind the cursor; 0 while it catches up, since the log keeps those. */
    long lag() {
        return live ? room.volume() - volume : 0;
    }

    /** Everything at hand behind the cursor up to the share's pass, in one run that others share; null for nothing now. */
    FrameBatch next() {
        if (stopped) {
            return null;
        }
        if (backlog != null) {
            FrameBatch batch = backlog;
            backlog = null;
            return batch;
        }
        if (reading || cursor >= share.passed()) {
            return null;
        }
        FrameBatch batch = voice.run(cursor, share.passed());
        if (batch == null) {
            read();
            return null;
        }
        if (!batch.admits(listener)) {
            return filtered(batch);
        }
        moveTo(batch.to(), batch.volume());
        return batch;
    }

    private FrameBatch filtered(FrameBatch batch) {
        List<Frame> frames = new ArrayList<>();
        Entry last = null;
        for (long position = cursor + 1; position <= batch.to(); position++) {
            Entry entry = room.recent(position);
            if (entry == null) {
                break;
            }
            last = entry;
            Frame frame = entry.audience().admits(listener) ? voice.frame(entry) : null;
            if (frame != null) {
                frames.add(frame);
            }
        }
        if (last == null) {
            // A run that others made is still remembered, what it was made of is not.
            read();
            return null;
        }
        moveTo(last);
        return FrameBatch.of(frames.isEmpty() ? frames : voice.encoder().batch(frames));
    }

    private void moveTo(Entry entry) {
        moveTo(entry.message().position().number(), entry.volume());
    }

    private void moveTo(long position, long volumeThere) {
        cursor = position;
        volume = volumeThere;
        if (!live && position >= share.passed()) {
            live = true;
        }
    }

    /** The entry behind the cursor, for those who merge rooms; null where there is none, or the log must be read first. */
    Entry peek() {
        if (stopped || reading || backlog != null || cursor >= room.tail()) {
            return null;
        }
        Entry entry = room.recent(cursor + 1);
        if (entry == null) {
            read();
        }
        return entry;
    }

    /** Moves over the entry just peeked; its frame, or null where this listener does not hear it. */
    Frame take(Entry entry) {
        moveTo(entry);
        return entry.audience().admits(listener) ? voice.frame(entry) : null;
    }

    /** Whether the log is being read for it; it will come back by itself. */
    boolean waiting() {
        return reading;
    }

    private void read() {
        reading = true;
        live = false;
        if (readingSince == 0) {
            readingSince = System.nanoTime();
        }
        room.after(cursor, MESSAGES_PER_READ)
                .whenComplete((messages, failure) ->
                        share.worker().execute(() -> guarded(() -> readBack(messages, failure))));
    }

    private void readBack(List<Message> messages, Throwable failure) {
        if (stopped || connection.ended()) {
            return;
        }
        if (failure != null) {
            retry(failure);
            return;
        }
        reading = false;
        readingSince = 0;
        if (messages.isEmpty() || messages.get(0).position().number() != cursor + 1) {
            connection.overrun("The log no longer reaches back to what you missed; join anew");
            return;
        }
        List<Frame> frames = messages.stream()
                .map(voice.encoder()::encode)
                .filter(Objects::nonNull)
                .toList();
        backlog = FrameBatch.of(frames.isEmpty() ? frames : voice.encoder().batch(frames));
        cursor = messages.get(messages.size() - 1).position().number();
        Entry entry = room.recent(cursor);
        volume = entry == null ? room.volume() : entry.volume();
        connection.wake(this);
    }

    private void retry(Throwable failure) {
        if (System.nanoTime() - readingSince > connection.limits().maxStall().toNanos()) {
            connection.overrun("The log cannot be read now; come back");
            share.worker().report("A room's log cannot be read: " + room.name(), failure);
            return;
        }
        long delay = ThreadLocalRandom.current().nextLong(100, 500);
        share.worker()
                .later(
                        () -> {
                            if (!stopped && !connection.ended()) {
                                guarded(this::read);
                            }
                        },
                        delay,
                        TimeUnit.MILLISECONDS);
    }

    /** The carrier reports what its task throws, and goes on: the client would wait for messages without an end. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            connection.fail(e);
        }
    }
}
