package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.delivery.FanoutFixture.ATTIC;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.room.Room;

/** A subscription to a room that is still being opened. */
class PendingSubscriptionTest {
    private final FanoutFixture fixture = new FanoutFixture();
    private final CompletableFuture<Room> opening = new CompletableFuture<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void laterMessagesAndFramesWaitForARoomThatIsBeingOpened() {
        Room attic = fixture.room(ATTIC);
        FakeTransport other = fixture.follower(HALL);
        FakeTransport waiting = fixture.transport();
        Client client = fixture.connect(waiting);
        client.follow(fixture.room(HALL), 0, ENCODER, client);
        client.follow(opening, 0, ENCODER, client);
        fixture.send(ATTIC, "first");
        fixture.send(HALL, "second");
        fixture.runUntilIdle();
        client.send(new Frame.Text("third"));
        fixture.runUntilIdle();
        assertEquals(List.of("second"), other.texts());
        assertEquals(List.of(), waiting.texts());
        opening.complete(attic);
        fixture.runUntilIdle();
        assertEquals(List.of("first", "second", "third"), waiting.texts());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingWaitsForARoomThatCannotBeOpenedOrIsNoLongerFollowed(boolean stopped) {
        FakeTransport transport = fixture.transport();
        Client client = fixture.connect(transport);
        client.follow(fixture.room(HALL), 0, ENCODER, client);
        Client.Following following = client.follow(opening, 0, ENCODER, client);
        fixture.send(HALL, "message");
        fixture.runUntilIdle();
        assertEquals(List.of(), transport.texts());
        if (stopped) {
            following.stop();
            opening.complete(fixture.room(ATTIC));
        } else {
            opening.completeExceptionally(new IllegalStateException("planted"));
        }
        fixture.runUntilIdle();
        assertEquals(List.of("message"), transport.texts());
    }
}
