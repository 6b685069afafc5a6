package veche.socket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Entry;
import veche.room.Room;

/**
 * A room's followers on one carrier. Touched by that carrier only, but for {@link #signal}.
 */
final class Share {
    private final Feed feed;
    private final DeliveryWorker worker;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final List<RoomCursor> subscriptions = new ArrayList<>();
    private final Map<MessageEncoder, Voice> voices = new HashMap<>();
    private long passed;

    Share(Feed feed, DeliveryWorker worker) {
        this.feed = feed;
        this.worker = worker;
    }

    /** The followers of one wording: they share runs without touching the tape's lock while they stand together. */
    static final class Voice {
        private final Tape tape;
        private int followers;
        private FrameBatch last;

        private Voice(Tape tape) {
            this.tape = tape;
        }

        MessageEncoder encoder() {
            return tape.encoder();
        }

        FrameBatch run(long from, long to) {
            FrameBatch shared = last;
            if (shared != null && shared.from() == from && shared.to() <= to) {
                return shared;
            }
            FrameBatch batch = tape.run(from, to);
            last = batch;
            return batch;
        }

        Frame frame(Entry entry) {
            return tape.frame(entry);
        }
    }

    Room room() {
        return feed.room();
    }

    DeliveryWorker worker() {
        return worker;
    }

    /** The room's tail at this carrier's latest pass: runs end there, so that those who are written to together share them. */
    long passed() {
        return passed;
    }

    /** The room has grown; on any thread. */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            worker.grown(this);
        }
    }

    /** Tells every follower. */
    void pass() {
        signalled.set(false);
        passed = room().tail();
        for (int i = 0; i < subscriptions.size(); i++) {
            RoomCursor subscription = subscriptions.get(i);
            subscription.connection().wake(subscription);
        }
    }

    Voice voice(MessageEncoder encoder) {
        Voice voice = voices.computeIfAbsent(encoder, unheard -> new Voice(feed.tape(unheard)));
        voice.followers++;
        return voice;
    }

    void add(RoomCursor subscription) {
        passed = room().tail();
        subscription.index = subscriptions.size();
        subscriptions.add(subscription);
    }

    void remove(RoomCursor subscription) {
        int last = subscriptions.size() - 1;
        int index = subscription.index;
        if (index > last || subscriptions.get(index) != subscription) {
            return;
        }
        RoomCursor moved = subscriptions.remove(last);
        if (moved != subscription) {
            subscriptions.set(index, moved);
            moved.index = index;
        }
        Voice voice = subscription.voice();
        if (--voice.followers == 0) {
            voices.remove(voice.encoder());
            feed.release(voice.encoder());
        }
        feed.left(this, subscriptions.isEmpty());
    }
}
