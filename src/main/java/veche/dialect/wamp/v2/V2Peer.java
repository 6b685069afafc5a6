package veche.dialect.wamp.v2;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
    private final String address;
    private final Format format;
    private final V2Events events;
    private final Duration goodbyeTimeout;
    /** How the session ends. The first to set it sends the only GOODBYE of this peer. */
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

    private enum Ending {
        BY_CLIENT,
        BY_SERVER,
        EXPELLED
    }

    V2Peer(Client client, String address, Format format, Duration goodbyeTimeout) {
        this.client = client;
        this.address = address;
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
    public String address() {
        return address;
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        if (ending.compareAndSet(null, Ending.EXPELLED)) {
            send(new Goodbye(Dict.explained(reason, details), Uri.KILLED));
            client.close(CloseCode.POLICY, reason);
        }
    }

    @Override
    public void fail(Throwable cause) {
        client.fail(cause);
    }

    @Override
    public void end(String reason, @Nullable String text) {
        if (ending.compareAndSet(null, Ending.BY_SERVER)) {
            send(new Goodbye(text == null ? Dict.EMPTY : Dict.of("message", text), reason));
            client.closeAfter(goodbyeTimeout, CloseCode.NORMAL, reason);
        }
    }

    /**
     * Closes the connection after the client's GOODBYE, which is answered unless it is itself the answer. The answer
     * may arrive while {@link #expel} or {@link #end} still runs on another thread.
     */
    void receivedGoodbye() {
        if (ending.compareAndSet(null, Ending.BY_CLIENT)) {
            send(new Goodbye(Dict.EMPTY, Uri.GOODBYE_AND_OUT));
        }
        if (ending.get() != Ending.EXPELLED) {
            client.close(CloseCode.NORMAL, Uri.GOODBYE_AND_OUT);
        }
    }
}
