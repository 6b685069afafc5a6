package veche.dialect.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.Position;
import veche.room.Resumption;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.access.Privilege;

/**
 * The place at which a request begins to read a room.
 *
 * @param resumption not recovered if messages after the position that the client knows are no longer kept
 */
record Start(Room room, Resumption resumption) {
    /** Opens the room; the stage fails with {@link veche.room.RefusedException} if the user may not read it. */
    static CompletionStage<Start> of(RoomSession session, RoomName name, From from) {
        return session.open(name).thenCompose(room -> of(session, room, from));
    }

    private static CompletionStage<Start> of(RoomSession session, Room room, From from) {
        return from instanceof From.After after
                ? session.caughtUp(room, after.position())
                        .thenApply(present -> new Start(present, session.resume(present, after.position())))
                : session.resolved(
                        room.name(),
                        () -> CompletableFuture.completedFuture(new Start(room, beginning(session, room, from))));
    }

    private static Resumption beginning(RoomSession session, Room room, From from) {
        if (from instanceof From.Now) {
            return Resumption.fromTail(room, null);
        }
        session.check(room.name(), Privilege.HISTORY);
        return room.resume(room.begin());
    }

    /** The position after which the client has read nothing. */
    Position position() {
        return new Position(resumption.tail().epoch(), resumption.after());
    }

    boolean isAtTail() {
        return resumption.after() == resumption.tail().number();
    }
}
