package veche.dialect.wamp.router;

import java.lang.System.Logger.Level;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Published;
import veche.dialect.wamp.message.WampMessage.Error;

/** The answer to PUBLISH, sent only where the option {@code acknowledge} is set. */
public final class PublishReply {
    private static final System.Logger LOG = System.getLogger(PublishReply.class.getName());

    private PublishReply() {}

    /** Sends PUBLISHED where an acknowledgement was requested. */
    public static void published(Session publisher, Publish request, long publication) {
        if (request.options().flag("acknowledge")) {
            publisher.send(new Published(request.request(), publication));
        }
    }

    /** Sends ERROR, or logs it where no acknowledgement was requested. */
    public static void failed(Session publisher, Publish request, Throwable failure) {
        Error error = ErrorMapper.error(Publish.TYPE, request.request(), failure);
        if (request.options().flag("acknowledge")) {
            publisher.send(error);
        } else {
            LOG.log(Level.DEBUG, "Publication of session {0} failed: {1}", publisher.id(), error);
        }
    }
}
