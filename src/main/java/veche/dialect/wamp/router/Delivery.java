package veche.dialect.wamp.router;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.UnmappableException;

/** One event on its way to one subscription's subscribers. Thread-safe. */
public final class Delivery {
    /** @param unmappable why there is no frame; null where there is one */
    private record Worded(EventFormat format, Frame frame, UnmappableException unmappable) {}

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

    /**
     * The event as a frame: worded at the first call for this format, the same object ever after.
     *
     * @throws UnmappableException where the format cannot represent the event
     */
    public Frame frame(EventFormat format) {
        Worded outcome = outcome(format);
        if (outcome.unmappable() != null) {
            throw outcome.unmappable();
        }
        return outcome.frame();
    }

    /** Whether the format can represent the event, which is worded for it at the first call. */
    public boolean hasFrame(EventFormat format) {
        return outcome(format).unmappable() == null;
    }

    private Worded outcome(EventFormat format) {
        for (Worded known : worded) {
            if (known.format().equals(format)) {
                return known;
            }
        }
        Worded outcome;
        try {
            outcome = new Worded(format, format.word(subscription.id(), event), null);
        } catch (UnmappableException e) {
            outcome = new Worded(format, null, e);
        }
        worded.add(outcome);
        return outcome;
    }
}
