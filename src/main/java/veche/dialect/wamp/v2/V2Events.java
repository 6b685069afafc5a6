package veche.dialect.wamp.v2;

import java.util.List;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.PubSubMessage;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.EventFormat;

/** Encodes EVENT messages in a format. The frames contain nothing specific to a session, so sessions can share them. */
record V2Events(Format format) implements EventFormat {
    @Override
    public Frame encode(long subscription, Event event) {
        return format.write(
                new PubSubMessage.Event(subscription, event.publication(), new Dict(event.details()), event.payload())
                        .fields());
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        return frames.size() == 1 ? frames : format.batch(frames);
    }
}
