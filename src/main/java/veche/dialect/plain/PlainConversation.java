package veche.dialect.plain;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Conversation;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Graphemes;
import veche.room.Presence;
import veche.room.Refusal;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.room.Visit;
import veche.room.Visitor;

/**
 * One plain client in its one room. Plain has no words for a refusal but closing. Who is muted may go on reading, so what
 * they say is dropped in silence: that it does not come back to them, as everything said does, is all that plain can tell.
 */
final class PlainConversation implements Conversation {
    private static final System.Logger LOG = System.getLogger(PlainConversation.class.getName());

    private final Client client;
    private final Author author;
    private final RoomName room;
    private final int maxCharacters;
    private final Visit visit;
    private final Presence.Stay stay;

    PlainConversation(Client client, Visitor visitor, Rooms rooms, RoomName room, int maxCharacters) {
        this.client = client;
        this.author = visitor.author();
        this.room = room;
        this.maxCharacters = maxCharacters;
        this.visit = rooms.visit(visitor, client.id(), ejection -> client.close(CloseCode.POLICY, ejection.reason()));
        this.stay = enter();
        answer(visit.open(room).thenAccept(this::listen));
    }

    private Presence.Stay enter() {
        try {
            return visit.enter(room, author);
        } catch (Refusal refusal) {
            visit.end();
            throw refusal;
        }
    }

    private void listen(Room opened) {
        client.follow(opened, opened.tail(), PlainWording.INSTANCE, this);
    }

    @Override
    public void hear(String text) {
        answer(visit.send(room, Draft.text(author, Graphemes.cut(text, maxCharacters))));
    }

    @Override
    public void hear(ByteBuffer data) {
        answer(visit.send(room, Draft.file(author, data)));
    }

    @Override
    public void closed() {
        stay.end();
        visit.end();
    }

    private void answer(CompletionStage<?> stage) {
        stage.whenComplete((done, failure) -> {
            if (failure != null) {
                guarded(() -> refuse(failure instanceof CompletionException ? failure.getCause() : failure));
            }
        });
    }

    /** A stage discards what its action throws. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            client.fail(e);
        }
    }

    private void refuse(Throwable failure) {
        if (!(failure instanceof Refusal refusal)) {
            client.fail(failure);
            return;
        }
        switch (refusal.reason()) {
            case BUSY, LOG_UNAVAILABLE -> client.close(CloseCode.TRY_AGAIN_LATER, refusal.getMessage());
            case MUTED -> LOG.log(Level.DEBUG, "connection={0} is muted", client.id());
            case STOPPING -> client.close(CloseCode.GOING_AWAY, refusal.getMessage());
            default -> client.close(CloseCode.POLICY, refusal.getMessage());
        }
    }
}
