package veche.dialect.wamp.v1;

import java.util.Arrays;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.EventFormat;

/**
 * EVENT of v1. A room's event is the dict of its message.
 *
 * @param named whether rooms are called {@code http://veche/room#…}; by their dotted names otherwise
 */
record V1Events(Format json, boolean named) implements EventFormat {
    private static final long EVENT = 8;

    @Override
    public Frame encode(long subscription, Event event) {
        String topic = named ? V1Uris.uri(event.topic()) : event.topic();
        Object value = V1Uris.room(event.topic()) ? event.payload().kwargs() : V1Payload.of(event.payload());
        return json.write(Arrays.asList(EVENT, topic, value));
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        return frames;
    }
}
