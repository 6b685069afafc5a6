package veche.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.delivery.Connection;
import veche.delivery.FakeTransport;
import veche.delivery.FanoutFixture;
import veche.room.Room;

class HeartbeatTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Connection following(FakeTransport transport) {
        Room hall = fixture.room(HALL);
        Connection client = fixture.connect(transport);
        client.follow(hall, hall.tail(), ENCODER, transport);
        fixture.runUntilIdle();
        return client;
    }

    @Test
    void theHeartbeatClosesAConnectionWhoseWriteStalls() {
        FakeTransport stuck = new FakeTransport().hold();
        Connection client = following(stuck);
        Heartbeat heartbeat = new Heartbeat(new SessionRegistry(), fixture.fanout);
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        long now = System.nanoTime();
        heartbeat.check(client, now);
        assertFalse(client.isClosed());
        heartbeat.check(client, now + Duration.ofSeconds(11).toNanos());
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(stuck, 1013);
        fixture.assertNothingPending();
    }

    @Test
    void aResponsiveClientIsPingedAgainAtTheInterval() {
        FakeTransport transport = new FakeTransport();
        Connection client = following(transport);
        Heartbeat heartbeat = new Heartbeat(new SessionRegistry(), fixture.fanout);
        long now = System.nanoTime();
        heartbeat.check(client, now);
        fixture.runUntilIdle();
        assertEquals(0, transport.pings);
        // A ping in the past, so that the answer arrives after it.
        client.ping(now - Duration.ofSeconds(26).toNanos());
        client.keepAlive().received();
        heartbeat.check(client, now);
        fixture.runUntilIdle();
        assertEquals(1, transport.pings);
        heartbeat.check(client, now + Duration.ofSeconds(1).toNanos());
        fixture.runUntilIdle();
        assertEquals(1, transport.pings);
        assertFalse(client.isClosed());
    }

    @Test
    void aClientThatDoesNotAnswerAPingIsClosed() {
        FakeTransport transport = new FakeTransport();
        Connection client = following(transport);
        Heartbeat heartbeat = new Heartbeat(new SessionRegistry(), fixture.fanout);
        long pinged = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        heartbeat.check(client, pinged);
        fixture.runUntilIdle();
        assertEquals(1, transport.pings);
        heartbeat.check(client, pinged + Duration.ofSeconds(10).toNanos());
        assertFalse(client.isClosed());
        heartbeat.check(client, pinged + Duration.ofSeconds(10).toNanos() + 1);
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1001);
    }

    @Test
    void aPingWaitsForTheWriteInProgress() {
        FakeTransport transport = new FakeTransport().hold();
        Connection client = following(transport);
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        client.ping(System.nanoTime());
        fixture.runUntilIdle();
        assertEquals(0, transport.pings);
        transport.complete();
        fixture.runUntilIdle();
        assertEquals(1, transport.pings);
        assertEquals(List.of(), transport.violations);
    }
}
