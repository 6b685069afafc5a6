package veche.dialect.wamp.router;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.dialect.Frame;

/** One event on its way to one subscription's subscribers. Thread-safe. */
public final class Delivery {
    private record Worded(EventFormat format, Frame frame) {}

    private final Subscription subscription;
    private final Event event;
    private final List<Worded> worded = new CopyOnWriteArrayList<>();

    Delivery(Subscription subscription, Event event) {
        this.subscription = subscription;
        this.event = event;
    }

    /** What is delivered. */
    public Event event() {
        return event;
    }

    /** Whose event it is. */
    public Subscription subscription() {
        return subscription;
    }

    /** The event as a frame: worded at the first call for this format, the same object ever after. */
    public Frame frame(EventFormat format) {
        for (Worded known : worded) {
            if (known.format().equals(format)) {
                return known.frame();
            }
        }
        Frame frame = format.word(subscription.id(), event);
        worded.add(new Worded(format, frame));
        return frame;
    }
}
