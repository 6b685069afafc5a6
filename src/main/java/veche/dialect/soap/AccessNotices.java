package veche.dialect.soap;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.soap.chat.SignalBody;
import veche.dialect.soap.message.ChatNames;
import veche.dialect.soap.message.EnvelopeWriter;
import veche.dialect.soap.message.FrameKind;
import veche.room.Author;
import veche.room.Ejection;
import veche.room.RoomName;
import veche.room.RoomSession;

/**
 * Reports to a client that its access ends: by a Signal for one room or before its token expires, whether or not it
 * subscribed to signals, and otherwise by closing the connection.
 *
 * @param kind the client's current kind of frames
 * @param leave ends the membership in a room
 * @param serializing serializes one envelope at a time
 */
record AccessNotices(
        Client client,
        EnvelopeWriter writer,
        Supplier<Author> author,
        Supplier<FrameKind> kind,
        Consumer<RoomName> leave,
        Executor serializing)
        implements RoomSession.Listener {
    private static final String ACTION = ChatNames.action("Signal");

    @Override
    public void onEjected(Ejection ejection) {
        client.close(CloseCode.POLICY, ejection.reason());
    }

    @Override
    public void onRoomLost(RoomName room, Ejection ejection) {
        leave.accept(room);
        send(SchemaMapper.removed(room, author.get(), ejection.reason()));
    }

    @Override
    public void onExpiring(Instant expires) {
        send(SchemaMapper.expiring(author.get(), expires));
    }

    private void send(SignalBody signal) {
        serializing.execute(() -> client.send(kind.get().frame(writer.message(ACTION, UUID.randomUUID(), signal))));
    }
}
