package veche.dialect.wamp.v1;

import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.dialect.MalformedMessageException;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.codec.DecodingException;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Roles;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;

/** The dialect session of a WAMP v1 client, which starts with the server's WELCOME. */
final class V1Session implements DialectSession {
    private static final Logger LOG = System.getLogger(V1Session.class.getName());

    private static final int PREFIX = 1;
    private static final int CALL = 2;
    private static final int SUBSCRIBE = 5;
    private static final int UNSUBSCRIBE = 6;
    private static final int PUBLISH = 7;

    private final Router router;
    private final V1Peer peer;
    private final Format json;
    private final Session session;
    private final V1Uris names = new V1Uris();
    private long lastRequest;

    V1Session(Router router, V1Peer peer, HandshakeInfo handshake) {
        this.router = router;
        this.peer = peer;
        this.json = peer.json();
        this.session = router.open(Anonymous.identity(handshake.user()), new Roles(Map.of()), peer, peer::welcome);
    }

    /** Ignores binary messages, as the reference implementation does. */
    @Override
    public void onBinary(ByteBuffer data) {
        LOG.log(Logger.Level.DEBUG, "Ignored a binary message of {0} bytes from a WAMP v1 client", data.remaining());
    }

    @Override
    public void onText(String text) {
        if (session.ended()) {
            return;
        }
        try {
            List<Object> message = json.read(new Frame.Text(text)).get(0);
            handle(Ids.whole(message.get(0)) instanceof Long type ? type.intValue() : -1, message);
        } catch (DecodingException e) {
            throw malformed(Failures.message(e));
        }
    }

    private void handle(int type, List<Object> message) {
        switch (type) {
            case PREFIX -> prefix(string(message, 1), string(message, 2));
            case CALL -> call(string(message, 1), string(message, 2), message.subList(3, message.size()));
            case SUBSCRIBE -> subscribe(string(message, 1));
            case UNSUBSCRIBE -> router.unsubscribe(session, V1Uris.topic(names.resolve(string(message, 1))));
            case PUBLISH -> publish(message);
            default -> throw malformed("Message type " + message.get(0) + " must not be sent by a client");
        }
    }

    private static MalformedMessageException malformed(String reason) {
        return new MalformedMessageException(CloseCode.PROTOCOL_ERROR, reason);
    }

    private static String string(List<Object> message, int at) {
        if (at < message.size() && message.get(at) instanceof String string) {
            return string;
        }
        throw malformed("Field " + at + " of message type " + message.get(0) + " is not a string");
    }

    private void prefix(String prefix, String uri) {
        if (!names.prefix(prefix, uri)) {
            throw malformed("More than " + V1Uris.MAX_PREFIXES + " prefixes");
        }
    }

    private void call(String callId, String uri, List<Object> args) {
        String procedure = V1Uris.procedure(names.resolve(uri));
        Payload payload = procedure.startsWith("veche.") ? V1Payload.keywords(args) : new Payload(args, Map.of());
        long request = ++lastRequest;
        peer.addCall(request, callId);
        router.call(session, new Call(request, Dict.EMPTY, procedure, payload));
    }

    private void subscribe(String curie) {
        String uri = names.resolve(curie);
        String topic = V1Uris.topic(uri);
        if (usable(topic)) {
            peer.addTopic(topic, uri);
            router.subscribe(session, new Subscribe(++lastRequest, Dict.EMPTY, topic));
        }
    }

    /** Invalid topics are ignored: "WAMPv1 has no feedback mechanism for when a subscribe or publish fails". */
    private static boolean usable(String topic) {
        return !topic.isEmpty() && topic.length() <= Uri.MAX_LENGTH && Uri.whole(topic);
    }

    private void publish(List<Object> message) {
        String topic = V1Uris.topic(names.resolve(string(message, 1)));
        if (message.size() < 3 || message.size() > 5) {
            throw malformed("PUBLISH must have 3 to 5 fields");
        }
        Object event = message.get(2);
        Recipients recipients = Recipients.sessions(excluded(message), eligible(message));
        if (usable(topic)) {
            Payload payload =
                    V1Uris.room(topic) ? V1Payload.keywords(message.subList(2, 3)) : V1Payload.argument(event);
            router.publish(session, new Publish(++lastRequest, Dict.EMPTY, topic, payload), recipients);
        }
    }

    /** Excludes the publisher, unless the fourth field is false or a list of the excluded sessions. */
    private Set<Long> excluded(List<Object> message) {
        Object given = message.size() > 3 ? message.get(3) : true;
        if (given instanceof List<?> list) {
            return V1SessionIds.ids(list);
        }
        if (given instanceof Boolean excludeMe) {
            return excludeMe ? new HashSet<>(Set.of(session.id())) : Set.of();
        }
        throw malformed("The fourth field of PUBLISH must be a boolean or a list of session IDs");
    }

    private static Optional<Set<Long>> eligible(List<Object> message) {
        if (message.size() < 5) {
            return Optional.empty();
        }
        if (message.get(4) instanceof List<?> list) {
            return Optional.of(V1SessionIds.ids(list));
        }
        throw malformed("The fifth field of PUBLISH must be a list of session IDs");
    }

    @Override
    public void onClose() {
        router.close(session);
    }
}
