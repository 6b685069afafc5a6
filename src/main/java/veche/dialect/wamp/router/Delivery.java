package veche.dialect.wamp.router;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.UnmappableException;

/** An event for the subscribers of one subscription, encoded once per format. Thread-safe. */
public final class Delivery {
    private sealed interface Encoding {
        EventFormat format();

        Frame frame();
    }

    private record Encoded(EventFormat format, Frame frame) implements Encoding {}

    private record Unmappable(EventFormat format, UnmappableException reason) implements Encoding {
        @Override
        public Frame frame() {
            throw reason;
        }
    }

    private final long subscription;
    private final String uri;
    private final Event event;
    private final List<Encoding> encodings = new CopyOnWriteArrayList<>();

    /**
     * Creates the delivery of an event.
     *
     * @param subscription the subscription's id
     * @param uri the subscription's topic or pattern
     */
    Delivery(long subscription, String uri, Event event) {
        this.subscription = subscription;
        this.uri = uri;
        this.event = event;
    }

    /** The event. */
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
     * Returns the event as a frame. The first call for a format encodes it, later calls return the same object.
     *
     * @throws UnmappableException where the format cannot represent the event
     */
    public Frame frame(EventFormat format) {
        return outcome(format).frame();
    }

    /** Whether the format can represent the event; the first call for a format encodes it. */
    public boolean hasFrame(EventFormat format) {
        return outcome(format) instanceof Encoded;
    }

    private Encoding outcome(EventFormat format) {
        for (Encoding known : encodings) {
            if (known.format().equals(format)) {
                return known;
            }
        }
        Encoding outcome;
        try {
            outcome = new Encoded(format, format.encode(subscription, event));
        } catch (UnmappableException e) {
            outcome = new Unmappable(format, e);
        }
        encodings.add(outcome);
        return outcome;
    }
}
