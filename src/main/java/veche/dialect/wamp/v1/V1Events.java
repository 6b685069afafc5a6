package veche.dialect.wamp.v1;

import java.util.Arrays;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.EventFormat;

/**
 * Encodes v1 EVENT messages. The event of a room is the dict of its message.
 *
 * @param named whether room topics are encoded as {@code http://veche/room#…}, or else by their dotted names
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
