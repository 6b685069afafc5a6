package veche.dialect.plain;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Presence;
import veche.room.RefusedException;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;
import veche.room.text.Graphemes;

/**
 * The session of a plain client in its room. The dialect has no error messages, so a refusal closes the connection. A
 * muted user, and any user of a room in slow or read-only mode, may still read, so the session drops the messages and
 * stays open; the missing echo is the only indication.
 */
final class PlainSession implements DialectSession {
    private static final System.Logger LOG = System.getLogger(PlainSession.class.getName());

    private static final Presence.Stay CLOSED = () -> {};

    private final Client client;
    private final Author author;
    private final RoomName room;
    private final int maxCharacters;
    private final RoomSession roomSession;
    private final AtomicReference<Presence.@Nullable Stay> stay = new AtomicReference<>();

    PlainSession(Client client, User user, String address, Rooms rooms, RoomName room, int maxCharacters) {
        this.client = client;
        this.author = user.author();
        this.room = room;
        this.maxCharacters = maxCharacters;
        this.roomSession = rooms.roomSession(
                user, client.id(), address, ejection -> client.close(CloseCode.POLICY, ejection.reason()));
        handleFailureOf(roomSession.resolved(room, this::enter).thenAccept(this::followRoom));
    }

    private CompletionStage<Room> enter() {
        try {
            Presence.Stay entered = roomSession.enter(room, author);
            if (!stay.compareAndSet(null, entered)) {
                entered.end(); // closed in the meantime
            }
        } catch (RefusedException refusal) {
            roomSession.end();
            throw refusal;
        }
        return roomSession.open(room);
    }

    private void followRoom(Room opened) {
        client.follow(opened, opened.tail(), PlainEncoder.INSTANCE, this);
    }

    @Override
    public void onText(String text) {
        handleFailureOf(roomSession.send(room, Draft.text(author, Graphemes.cut(text, maxCharacters))));
    }

    @Override
    public void onBinary(ByteBuffer data) {
        handleFailureOf(roomSession.send(room, Draft.file(author, data)));
    }

    @Override
    public void onClose() {
        Presence.Stay entered = stay.getAndSet(CLOSED);
        if (entered != null) {
            entered.end();
        }
        roomSession.end();
    }

    private void handleFailureOf(CompletionStage<?> stage) {
        stage.whenComplete((done, failure) -> {
            if (failure != null) {
                runGuarded(() -> handleFailure(Failures.cause(failure)));
            }
        });
    }

    /** Runs a callback; a completion stage would discard its exceptions. */
    private void runGuarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            client.fail(e);
        }
    }

    private void handleFailure(Throwable failure) {
        if (!(failure instanceof RefusedException refusal)) {
            client.fail(failure);
            return;
        }
        switch (refusal.reason()) {
            case BUSY, LOG_UNAVAILABLE -> client.close(CloseCode.TRY_AGAIN_LATER, Failures.message(refusal));
            case MUTED, READ_ONLY, SLOW, LIMITED ->
                LOG.log(Level.DEBUG, "connection={0} message dropped: {1}", client.id(), Failures.message(refusal));
            case STOPPING -> client.close(CloseCode.GOING_AWAY, Failures.message(refusal));
            default -> client.close(CloseCode.POLICY, Failures.message(refusal));
        }
    }
}
