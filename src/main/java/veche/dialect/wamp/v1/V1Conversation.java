package veche.dialect.wamp.v1;

import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.dialect.Frame;
import veche.dialect.Malformed;
import veche.dialect.Opening;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.Undecodable;
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
import veche.room.Audience;

/** One client's WAMP v1, which begins with the server's WELCOME. */
final class V1Conversation implements Conversation {
    private static final Logger LOG = System.getLogger(V1Conversation.class.getName());

    private static final int PREFIX = 1;
    private static final int CALL = 2;
    private static final int SUBSCRIBE = 5;
    private static final int UNSUBSCRIBE = 6;
    private static final int PUBLISH = 7;

    private final Router router;
    private final V1Peer peer;
    private final Format json;
    private final Session session;
    private final Names names = new Names();
    private long lastRequest;

    V1Conversation(Router router, V1Peer peer, Opening opening) {
        this.router = router;
        this.peer = peer;
        this.json = peer.json();
        this.session = router.open(Anonymous.identity(opening.visitor()), new Roles(Map.of()), peer, peer::welcome);
    }

    /** As the reference server does. */
    @Override
    public void hear(ByteBuffer data) {
        LOG.log(Logger.Level.DEBUG, "Ignored a binary message of {0} bytes from a WAMP v1 client", data.remaining());
    }

    @Override
    public void hear(String text) {
        if (session.ended()) {
            return;
        }
        try {
            List<Object> message = json.read(new Frame.Text(text)).get(0);
            hear(Ids.whole(message.get(0)) instanceof Long type ? type.intValue() : -1, message);
        } catch (Undecodable e) {
            throw malformed(e.getMessage());
        }
    }

    private void hear(int type, List<Object> message) {
        switch (type) {
            case PREFIX -> prefix(string(message, 1), string(message, 2));
            case CALL -> call(string(message, 1), string(message, 2), message.subList(3, message.size()));
            case SUBSCRIBE -> subscribe(string(message, 1));
            case UNSUBSCRIBE -> router.unsubscribe(session, Names.topic(names.resolve(string(message, 1))));
            case PUBLISH -> publish(message);
            default -> throw malformed("Message type " + message.get(0) + " is not a client's to send");
        }
    }

    private static Malformed malformed(String reason) {
        return new Malformed(CloseCode.PROTOCOL_ERROR, reason);
    }

    private static String string(List<Object> message, int at) {
        if (at < message.size() && message.get(at) instanceof String string) {
            return string;
        }
        throw malformed("Field " + at + " of message type " + message.get(0) + " is not a string");
    }

    private void prefix(String prefix, String uri) {
        if (!names.prefix(prefix, uri)) {
            throw malformed("More than " + Names.MOST_PREFIXES + " prefixes");
        }
    }

    private void call(String callId, String uri, List<Object> args) {
        String procedure = Names.procedure(names.resolve(uri));
        Payload payload = procedure.startsWith("veche.") ? Values.keywords(args) : new Payload(args, Map.of());
        long request = ++lastRequest;
        peer.calls(request, callId);
        router.call(session, new Call(request, Dict.EMPTY, procedure, payload));
    }

    private void subscribe(String curie) {
        String uri = names.resolve(curie);
        String topic = Names.topic(uri);
        if (usable(topic)) {
            peer.subscribes(topic, uri);
            router.subscribe(session, new Subscribe(++lastRequest, Dict.EMPTY, topic));
        }
    }

    /** "WAMPv1 has no feedback mechanism for when a subscribe or publish fails": such are ignored. */
    private static boolean usable(String topic) {
        return !topic.isEmpty() && topic.length() <= Uri.MAX_LENGTH && Uri.whole(topic);
    }

    private void publish(List<Object> message) {
        String topic = Names.topic(names.resolve(string(message, 1)));
        if (message.size() < 3 || message.size() > 5) {
            throw malformed("PUBLISH has 3 to 5 fields");
        }
        Object event = message.get(2);
        Audience audience = Recipients.sessions(excluded(message), eligible(message));
        if (usable(topic)) {
            Payload payload = Names.room(topic) ? Values.keywords(message.subList(2, 3)) : Values.argument(event);
            router.publish(session, new Publish(++lastRequest, Dict.EMPTY, topic, payload), audience);
        }
    }

    /** The publisher, unless the fourth field is false or a list, which then holds all who are. */
    private Set<Long> excluded(List<Object> message) {
        Object given = message.size() > 3 ? message.get(3) : Boolean.TRUE;
        if (given instanceof List<?> list) {
            return Sessions.ids(list);
        }
        if (given instanceof Boolean excludeMe) {
            return excludeMe ? new HashSet<>(Set.of(session.id())) : Set.of();
        }
        throw malformed("PUBLISH's fourth field is true, false or a list of session ids");
    }

    private static Optional<Set<Long>> eligible(List<Object> message) {
        if (message.size() < 5) {
            return Optional.empty();
        }
        if (message.get(4) instanceof List<?> list) {
            return Optional.of(Sessions.ids(list));
        }
        throw malformed("PUBLISH's fifth field is a list of session ids");
    }

    @Override
    public void closed() {
        router.close(session);
    }
}
