package veche.room;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Rooms over a manual log. */
abstract class RoomsFixture {
    static final Author ANN = new Author("ann", "Ann");
    static final RoomName HALL = new RoomName("hall");

    final ManualLog log = new ManualLog();
    final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));

    <T> T done(CompletionStage<T> stage) {
        log.commit();
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(future.isDone());
        return future.join();
    }

    RefusedException refused(CompletionStage<?> stage) {
        CompletionException failure = assertThrows(CompletionException.class, () -> done(stage));
        return assertInstanceOf(RefusedException.class, failure.getCause());
    }

    Message send(Author author, String text) {
        return done(rooms.send(HALL, Draft.text(author, text)));
    }
}
