package veche.dialect.stream;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.room.Presence;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;

/** The session of a client that follows one room. It is not a member of the room, and sends nothing. */
abstract class StreamSession implements DialectSession {
    private static final Presence.Stay CLOSED = () -> {};

    private final Client client;
    private final StreamResponse response;
    private final RoomSession roomSession;
    private final AtomicReference<Presence.@Nullable Stay> stay = new AtomicReference<>();

    StreamSession(Client client, HandshakeInfo handshake, Rooms rooms, StreamResponse response) {
        this.client = client;
        this.response = response;
        this.roomSession = rooms.roomSession(
                handshake.user(),
                client.id(),
                handshake.remoteAddress(),
                ejection -> client.close(CloseCode.POLICY, ejection.reason()));
    }

    Client client() {
        return client;
    }

    StreamResponse response() {
        return response;
    }

    /** Opens the room; called once. */
    final void open(RoomName room, From from) {
        roomSession.resolved(room, () -> attend(room, from)).whenComplete((start, failure) -> {
            try {
                begin(start, failure);
            } catch (RuntimeException | Error e) {
                client.fail(e);
            }
        });
    }

    private CompletionStage<Start> attend(RoomName room, From from) {
        Presence.Stay attendance = roomSession.attend(room);
        if (!stay.compareAndSet(null, attendance)) {
            attendance.end(); // closed in the meantime
        }
        return Start.of(roomSession, room, from);
    }

    private void begin(Start start, @Nullable Throwable failure) {
        if (failure != null) {
            send(response.refuse(Failures.cause(failure)));
        } else if (!start.resumption().recovered()) {
            answer(Optional.empty());
        } else {
            begin(start);
        }
    }

    /** Begins to read at a place after which all messages are kept. */
    abstract void begin(Start start);

    /** Answers without waiting for messages. */
    final void answer(Optional<Page> page) {
        send(response.answer(page));
    }

    private void send(String body) {
        client.send(new Frame.Text(body));
        client.close(CloseCode.NORMAL, "");
    }

    @Override
    public void onText(String text) {
        throw new IllegalStateException("Nothing is read from this client");
    }

    @Override
    public void onBinary(ByteBuffer data) {
        throw new IllegalStateException("Nothing is read from this client");
    }

    @Override
    public void onClose() {
        Presence.Stay attendance = stay.getAndSet(CLOSED);
        if (attendance != null) {
            attendance.end();
        }
        roomSession.end();
    }
}
