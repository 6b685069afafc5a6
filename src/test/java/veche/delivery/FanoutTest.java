package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static veche.delivery.FanoutFixture.ANN;
import static veche.delivery.FanoutFixture.ATTIC;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Room;

class FanoutTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aThousandSubscribersShareOneEncodingAndTheSameBatch() {
        FanoutFixture.CountingEncoder encoder = new FanoutFixture.CountingEncoder("counted");
        Room hall = fixture.room(HALL);
        for (int i = 0; i < 1_000; i++) {
            Client client = fixture.connect(fixture.transport());
            client.follow(hall, 0, encoder, client);
        }
        fixture.runUntilIdle();
        fixture.send(HALL, "one");
        fixture.send(HALL, "two");
        fixture.runUntilIdle();
        FrameBatch shared = fixture.transports.get(0).batches.get(0);
        assertEquals(List.of("one", "two"), fixture.transports.get(0).texts());
        fixture.transports.forEach(transport -> assertSame(shared, transport.batches.get(0)));
        fixture.transports.forEach(transport -> assertEquals(1, transport.batches.size()));
        assertEquals(2, encoder.calls().get());
    }

    @Test
    void equalEncodersShareOneEncodingAndOthersDoNot() {
        Room hall = fixture.room(HALL);
        FanoutFixture.CountingEncoder json = new FanoutFixture.CountingEncoder("json");
        FanoutFixture.CountingEncoder alike = new FanoutFixture.CountingEncoder("json");
        FanoutFixture.CountingEncoder cbor = new FanoutFixture.CountingEncoder("cbor");
        List.of(json, alike, cbor)
                .forEach(encoder -> fixture.connect(fixture.transport()).follow(hall, 0, encoder, encoder));
        fixture.send(HALL, "hi");
        fixture.runUntilIdle();
        assertEquals(1, json.calls().get() + alike.calls().get());
        assertEquals(1, cbor.calls().get());
        Frame first = fixture.transports.get(0).frames().get(0);
        assertSame(first, fixture.transports.get(1).frames().get(0));
        assertNotSame(first, fixture.transports.get(2).frames().get(0));
    }

    @Test
    void allSubscribersReceiveARoomInTheSameOrder() {
        FakeTransport one = fixture.follower(HALL);
        FakeTransport other = fixture.follower(HALL);
        List<String> sent = fixture.sendMany(HALL, "m", 10);
        fixture.runUntilIdle();
        assertEquals(sent, one.texts());
        assertEquals(sent, other.texts());
    }

    @Test
    void aSubscriberReceivesOnlyTheRoomItFollows() {
        FakeTransport inHall = fixture.follower(HALL);
        FakeTransport inAttic = fixture.follower(ATTIC);
        fixture.send(HALL, "hall");
        fixture.send(ATTIC, "attic");
        fixture.runUntilIdle();
        assertEquals(List.of("hall"), inHall.texts());
        assertEquals(List.of("attic"), inAttic.texts());
    }

    @Test
    void aMessageThatTheEncoderOmitsIsNotSent() {
        FakeTransport transport = fixture.follower(HALL);
        fixture.send(HALL, "before");
        fixture.rooms.send(HALL, new Draft(ANN, Kind.DELETE, null, null, UUID.randomUUID(), null, Audience.EVERYONE));
        fixture.runUntilIdle();
        fixture.rooms.send(HALL, new Draft(ANN, Kind.DELETE, null, null, UUID.randomUUID(), null, Audience.EVERYONE));
        fixture.runUntilIdle();
        fixture.send(HALL, "after");
        fixture.runUntilIdle();
        assertEquals(List.of("before", "after"), transport.texts());
    }

    @Test
    void aFrameSentBeforeFollowingArrivesBeforeTheFirstMessage() {
        FakeTransport transport = fixture.transport();
        Room hall = fixture.room(HALL);
        Connection client = fixture.connect(transport);
        client.send(new Frame.Text("SUBSCRIBED"));
        client.follow(hall, 0, ENCODER, this);
        fixture.send(HALL, "first");
        fixture.runUntilIdle();
        assertEquals(List.of("SUBSCRIBED", "first"), transport.texts());
    }

    @Test
    void aMessageCommittedBeforeAPrivateFrameArrivesBeforeIt() {
        FakeTransport transport = fixture.transport();
        Room hall = fixture.room(HALL);
        Connection client = fixture.connect(transport);
        client.follow(hall, 0, ENCODER, this);
        fixture.runUntilIdle();
        fixture.send(HALL, "one");
        fixture.send(HALL, "two");
        fixture.log.commit();
        client.send(new Frame.Text("PUBLISHED"));
        fixture.send(HALL, "three");
        fixture.runUntilIdle();
        assertEquals(List.of("one", "two", "PUBLISHED", "three"), transport.texts());
    }

    @Test
    void privateFramesKeepTheirOrder() {
        FakeTransport transport = fixture.transport();
        Connection client = fixture.connect(transport);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add("private " + i);
            client.send(new Frame.Text("private " + i));
        }
        fixture.runUntilIdle();
        assertEquals(sent, transport.texts());
    }

    @Test
    void aSubscriberOfTwoRoomsReceivesOnePublishersMessagesInOrder() {
        FakeTransport transport = fixture.transport();
        Connection client = fixture.connect(transport);
        client.follow(fixture.room(HALL), 0, ENCODER, this);
        client.follow(fixture.room(ATTIC), 0, ENCODER, this);
        fixture.runUntilIdle();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sent.add((i % 3 == 0 ? "hall " : "attic ") + i);
            fixture.send(i % 3 == 0 ? HALL : ATTIC, sent.get(i));
        }
        fixture.runUntilIdle();
        assertEquals(sent, transport.texts());
    }

    @Test
    void anExcludedSubscriberDoesNotReceiveTheMessage() {
        FakeTransport excluded = fixture.follower(HALL);
        FakeTransport other = fixture.follower(HALL);
        fixture.send(HALL, "all");
        fixture.send(HALL, "others", listener -> listener != excluded);
        fixture.send(HALL, "none", listener -> false);
        fixture.send(HALL, "all again");
        fixture.runUntilIdle();
        assertEquals(List.of("all", "all again"), excluded.texts());
        assertEquals(List.of("all", "others", "all again"), other.texts());
    }

    @Test
    void anExcludedSubscriberThatLagsBeyondTheCacheCatchesUp() {
        FakeTransport slow = fixture.follower(HALL);
        FakeTransport fast = fixture.follower(HALL);
        FakeTransport sameWorker = fixture.follower(HALL);
        slow.hold();
        fixture.send(HALL, "0");
        fixture.runUntilIdle();
        fixture.send(HALL, "for others", listener -> listener != slow);
        fixture.runUntilIdle();
        List<String> later = fixture.sendMany(HALL, "m", 2 * FanoutFixture.CACHE_SIZE);
        fixture.runUntilIdle();
        slow.release();
        fixture.runUntilIdle();
        assertEquals(2 + later.size(), fast.texts().size());
        assertEquals(2 + later.size(), sameWorker.texts().size());
        // The log does not store audiences: messages beyond the cache reach excluded subscribers too.
        assertEquals(fast.texts(), slow.texts());
    }
}
