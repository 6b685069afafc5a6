package veche.dialect.wamp.router;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.UnmappableException;

/** One event on its way to one subscription's subscribers. Thread-safe. */
public final class Delivery {
    /** @param unmappable why there is no frame; null where there is one */
    private record Encoding(EventFormat format, Frame frame, UnmappableException unmappable) {}

    private final long subscription;
    private final String uri;
    private final Event event;
    private final List<Encoding> encodings = new CopyOnWriteArrayList<>();

    /**
     * Delivers an event.
     *
     * @param subscription the subscription's id
     * @param uri its topic or pattern
     */
    Delivery(long subscription, String uri, Event event) {
        this.subscription = subscription;
        this.uri = uri;
        this.event = event;
    }

    /** What is delivered. */
    public Event event() {
        return event;
    }

    /** The subscription's id. */
    public long subscription() {
        return subscription;
    }

    /** The subscription's topic or pattern. */
    public String uri() {
        return uri;
    }

    /**
     * The event as a frame: encoded at the first call for this format, the same object ever after.
     *
     * @throws UnmappableException where the format cannot represent the event
     */
    public Frame frame(EventFormat format) {
        Encoding outcome = outcome(format);
        if (outcome.unmappable() != null) {
            throw outcome.unmappable();
        }
        return outcome.frame();
    }

    /** Whether the format can represent the event, which is encoded at the first call. */
    public boolean hasFrame(EventFormat format) {
        return outcome(format).unmappable() == null;
    }

    private Encoding outcome(EventFormat format) {
        for (Encoding known : encodings) {
            if (known.format().equals(format)) {
                return known;
            }
        }
        Encoding outcome;
        try {
            outcome = new Encoding(format, format.encode(subscription, event), null);
        } catch (UnmappableException e) {
            outcome = new Encoding(format, null, e);
        }
        encodings.add(outcome);
        return outcome;
    }
}
