package veche.dialect.wamp.v2;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.Client.Following;
import veche.dialect.CloseCode;
import veche.dialect.wamp.chat.RoomEvents;
import veche.dialect.wamp.chat.RoomPeer;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.codec.UnmappableException;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.SessionMessage.Goodbye;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Delivery;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.room.Room;

/** A v2 client that uses a particular format. */
final class V2Peer implements RoomPeer {
    private final Client client;
    private final Format format;
    private final V2Events events;
    private final Duration goodbyeTimeout;

    V2Peer(Client client, Format format, Duration goodbyeTimeout) {
        this.client = client;
        this.format = format;
        this.events = new V2Events(format);
        this.goodbyeTimeout = goodbyeTimeout;
    }

    @Override
    public boolean canReceive(Payload payload) {
        if (payload.isPortable() || payload.encoded() != null && format.forwards(payload.encoded())) {
            return true;
        }
        try {
            return format.write(new Yield(1, Dict.EMPTY, payload).fields()) != null;
        } catch (UnmappableException e) {
            return false;
        }
    }

    @Override
    public boolean canReceive(Delivery delivery) {
        return delivery.hasFrame(events);
    }

    @Override
    public void send(WampMessage message) {
        client.send(format.write(message.fields()));
    }

    @Override
    public void deliver(Delivery delivery) {
        client.send(delivery.frame(events));
    }

    @Override
    public Following follow(
            CompletionStage<Room> room, long after, Session session, Subscription subscription, boolean resuming) {
        boolean pattern = subscription.match() != Match.EXACT;
        return client.follow(room, after, new RoomEvents(subscription.id(), events, pattern, resuming), session);
    }

    @Override
    public String connection() {
        return client.id();
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        send(new Goodbye(Dict.explained(reason, details), Uri.KILLED));
        client.close(CloseCode.POLICY, reason);
    }

    @Override
    public void fail(Throwable cause) {
        client.fail(cause);
    }

    @Override
    public void end(String reason, @Nullable String text) {
        send(new Goodbye(text == null ? Dict.EMPTY : Dict.of("message", text), reason));
        client.closeAfter(goodbyeTimeout, CloseCode.NORMAL, reason);
    }
}
