package veche.dialect.wamp.v1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.Client.Following;
import veche.dialect.CloseCode;
import veche.dialect.wamp.chat.RoomEvents;
import veche.dialect.wamp.chat.RoomPeer;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Delivery;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.room.Room;

/** A v1 client. It receives results, call errors and events; v1 defines no other replies. */
final class V1Peer implements RoomPeer {
    private static final long WELCOME = 0;
    private static final long CALLRESULT = 3;
    private static final long CALLERROR = 4;
    private static final long VERSION = 1;

    private final Client client;
    private final String address;
    private final V1Events named;
    private final V1Events dotted;
    /** The call IDs of v1, by the router's request ID. */
    private final Map<Long, String> callIds = new ConcurrentHashMap<>();
    /** The topics of rooms to which this client subscribed by their dotted names. */
    private final Set<String> dottedRooms = ConcurrentHashMap.newKeySet();

    V1Peer(Client client, String address, V1Events named, V1Events dotted) {
        this.client = client;
        this.address = address;
        this.named = named;
        this.dotted = dotted;
    }

    Format json() {
        return named.json();
    }

    void welcome(Session session) {
        send(WELCOME, V1SessionIds.name(session.id()), VERSION, "Veche");
    }

    /** Stores the call ID, which the result or error must contain. */
    void addCall(long request, String callId) {
        callIds.put(request, callId);
    }

    /** Stores the form of the topic that the client used to subscribe. */
    void addTopic(String topic, String uri) {
        if (V1Uris.room(topic) && topic.equals(uri)) {
            dottedRooms.add(topic);
        } else {
            dottedRooms.remove(topic);
        }
    }

    @Override
    public void send(WampMessage message) {
        if (message instanceof Result result) {
            send(CALLRESULT, removeCall(result.request()), V1Payload.of(result.payload()));
        } else if (message instanceof WampMessage.Error error && error.requestType() == Call.TYPE) {
            fail(removeCall(error.request()), error);
        }
    }

    private String removeCall(long request) {
        return Objects.requireNonNull(callIds.remove(request), "call ID");
    }

    private void fail(String callId, WampMessage.Error error) {
        Payload payload = error.payload();
        boolean described = !payload.args().isEmpty() && payload.args().get(0) instanceof String;
        Object description = described ? payload.args().get(0) : "";
        List<Object> more = described ? payload.args().subList(1, payload.args().size()) : payload.args();
        Object details = V1Payload.of(new Payload(more, payload.kwargs()));
        List<Object> fields = new ArrayList<>(List.of(CALLERROR, callId, V1Uris.error(error.error()), description));
        if (details != null) {
            fields.add(details);
        }
        client.send(named.json().write(fields));
    }

    private void send(@Nullable Object... fields) {
        client.send(named.json().write(Arrays.asList(fields)));
    }

    @Override
    public boolean canReceive(Delivery delivery) {
        return delivery.hasFrame(format(delivery.event().topic()));
    }

    @Override
    public void deliver(Delivery delivery) {
        client.send(delivery.frame(format(delivery.event().topic())));
    }

    private V1Events format(String topic) {
        return dottedRooms.contains(topic) ? dotted : named;
    }

    @Override
    public Following follow(
            CompletionStage<Room> room, long after, Session session, Subscription subscription, boolean resuming) {
        RoomEvents events = new RoomEvents(subscription.id(), format(subscription.uri()), false, false);
        return client.follow(room, after, events, session);
    }

    @Override
    public String connection() {
        return client.id();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        client.close(CloseCode.POLICY, reason);
    }

    @Override
    public void fail(Throwable cause) {
        client.fail(cause);
    }

    @Override
    public void end(String reason, @Nullable String text) {
        client.close(CloseCode.POLICY, text == null ? reason : text);
    }
}
