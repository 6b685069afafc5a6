package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;

/** Stopping a subscription releases what was held for it. */
class UnsubscribeTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nothingIsReceivedAfterStopping() {
        FakeTransport transport = fixture.transport();
        Client.Following following = fixture.connect(transport).follow(fixture.room(HALL), 0, ENCODER, this);
        fixture.send(HALL, "before");
        fixture.runUntilIdle();
        fixture.send(HALL, "too late");
        fixture.log.commit();
        following.stop();
        fixture.runUntilIdle();
        assertEquals(List.of("before"), transport.texts());
    }

    @Test
    void aSubscriptionStoppedBeforeItsStartNeverStarts() {
        FakeTransport transport = fixture.transport();
        Client.Following following = fixture.connect(transport).follow(fixture.room(HALL), 0, ENCODER, this);
        following.stop();
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        assertEquals(List.of(), transport.texts());
        fixture.assertNoSubscriptions();
    }

    @Test
    void stoppingDuringALogReadDiscardsItsResult() {
        fixture.room(HALL);
        fixture.sendMany(HALL, "m", 100);
        fixture.runUntilIdle();
        FakeTransport transport = fixture.transport();
        Client.Following following = fixture.connect(transport).follow(fixture.room(HALL), 0, ENCODER, this);
        fixture.runOnce();
        fixture.runOnce();
        following.stop();
        fixture.runUntilIdle();
        assertEquals(List.of(), transport.texts());
        fixture.assertNoSubscriptions();
    }

    @Test
    void stoppingDiscardsMessagesAlreadyReadFromTheLog() {
        fixture.room(HALL);
        fixture.sendMany(HALL, "m", 100);
        fixture.runUntilIdle();
        FakeTransport transport = fixture.transport().hold();
        Connection client = fixture.connect(transport);
        client.send(new Frame.Text("welcome"));
        Client.Following following = client.follow(fixture.room(HALL), 0, ENCODER, this);
        client.send(new Frame.Text("long"));
        fixture.runUntilIdle();
        following.stop();
        fixture.runUntilIdle();
        transport.release();
        fixture.runUntilIdle();
        assertFalse(transport.texts().contains("m1"));
    }

    @Test
    void encodedLogsAreReleasedWithTheLastSubscriber() {
        List<Client.Following> followings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            MessageEncoder encoder = new FanoutFixture.CountingEncoder("encoder " + i % 2);
            followings.add(fixture.connect(fixture.transport()).follow(fixture.room(HALL), 0, encoder, this));
        }
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        assertEquals(2, fixture.fanout.logs().size());
        followings.subList(0, 5).forEach(Client.Following::stop);
        fixture.runUntilIdle();
        assertEquals(1, fixture.fanout.logs().size());
        followings.forEach(Client.Following::stop);
        followings.forEach(Client.Following::stop);
        fixture.runUntilIdle();
        fixture.assertNoSubscriptions();
    }

    @Test
    void aRoomCanBeFollowedAgainAfterItsLastSubscriberStopped() {
        fixture.connect(fixture.transport())
                .follow(fixture.room(HALL), 0, ENCODER, this)
                .stop();
        fixture.runUntilIdle();
        fixture.send(HALL, "before");
        fixture.runUntilIdle();
        FakeTransport again = fixture.follower(HALL);
        fixture.send(HALL, "received");
        fixture.runUntilIdle();
        assertEquals(List.of("received"), again.texts());
    }
}
