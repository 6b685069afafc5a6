package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;
import static veche.delivery.FanoutFixture.MAX_PENDING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.room.RefusedException;
import veche.room.Room;

/** Subscriptions that start at an earlier position, in the cache or in the log. */
class CatchUpTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRoomIsFollowedFromAnyEarlierPosition() {
        fixture.room(HALL);
        fixture.sendMany(HALL, "m", 5);
        fixture.runUntilIdle();
        FakeTransport transport = fixture.transport();
        fixture.connect(transport).follow(fixture.room(HALL), 3, ENCODER, this);
        fixture.send(HALL, "live");
        fixture.runUntilIdle();
        assertEquals(List.of("m4", "m5", "live"), transport.texts());
    }

    @Test
    void messagesBeyondTheCacheAreReadFromTheLog() {
        fixture.room(HALL);
        List<String> sent = new ArrayList<>(fixture.sendMany(HALL, "m", 1_000));
        fixture.runUntilIdle();
        FakeTransport transport = fixture.transport();
        fixture.connect(transport).follow(fixture.room(HALL), 0, ENCODER, this);
        fixture.runOnce();
        sent.addAll(fixture.sendMany(HALL, "meanwhile", 3));
        fixture.runUntilIdle();
        assertEquals(sent, transport.texts());
    }

    private FakeTransport catchingUp(long after) {
        FakeTransport transport = new FakeTransport();
        fixture.connect(transport).follow(fixture.room(HALL), after, ENCODER, transport);
        return transport;
    }

    @Test
    void aGapInTheLogClosesTheConnection() {
        fixture.room(HALL);
        fixture.sendMany(HALL, "m", 100);
        fixture.runUntilIdle();
        fixture.log.trim(HALL, 50);
        FakeTransport transport = catchingUp(10);
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1013);
        assertEquals(List.of(), transport.texts());
        fixture.assertNothingPending();
    }

    @Test
    void aBusyLogIsReadAgain() {
        fixture.room(HALL);
        List<String> sent = fixture.sendMany(HALL, "m", 100);
        fixture.runUntilIdle();
        fixture.log.failReads(new RefusedException(RefusedException.Reason.BUSY, "The queue is full"));
        FakeTransport transport = catchingUp(0);
        fixture.runUntilIdle();
        assertEquals(List.of(), transport.texts());
        assertEquals(0, transport.code);
        fixture.log.failReads(null);
        await().untilAsserted(() -> {
            fixture.runUntilIdle();
            assertEquals(sent, transport.texts());
        });
    }

    @Test
    void aLogThatStaysBusyClosesTheConnection() {
        fixture.close();
        fixture = new FanoutFixture(
                new ConnectionLimits(1 << 16, 1 << 20, MAX_PENDING, 1 << 20, Duration.ZERO, 1_000, NEVER, NEVER),
                new Room.Recent(16, 1 << 20),
                2);
        fixture.room(HALL);
        fixture.sendMany(HALL, "m", 100);
        fixture.runUntilIdle();
        fixture.log.failReads(new RefusedException(RefusedException.Reason.BUSY, "The queue is full"));
        FakeTransport transport = catchingUp(0);
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1013);
    }
}
