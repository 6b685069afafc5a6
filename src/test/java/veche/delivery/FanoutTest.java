package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.Theatre.ANN;
import static veche.delivery.Theatre.ATTIC;
import static veche.delivery.Theatre.HALL;
import static veche.delivery.Theatre.WORDING;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.Room;

class FanoutTest {
    private final Theatre theatre = new Theatre();
    private final List<FakeWire> transports = new ArrayList<>();

    @AfterEach
    void wiresWereUsedAsTheyAllow() {
        theatre.close();
        transports.forEach(transport -> assertEquals(List.of(), transport.complaints));
    }

    private FakeWire transport() {
        FakeWire transport = new FakeWire();
        transports.add(transport);
        return transport;
    }

    private FakeWire follower() {
        FakeWire transport = theatre.follower(HALL);
        transports.add(transport);
        return transport;
    }

    @Test
    void aThousandSubscribersShareOneWordingAndTheVerySameRun() {
        Theatre.Counted encoder = new Theatre.Counted("counted");
        Room hall = theatre.room(HALL);
        for (int i = 0; i < 1_000; i++) {
            Client client = theatre.connect(transport());
            client.follow(hall, 0, encoder, client);
        }
        theatre.play();
        theatre.say(HALL, "one");
        theatre.say(HALL, "two");
        theatre.play();
        FrameBatch shared = transports.get(0).batches.get(0);
        assertEquals(List.of("one", "two"), transports.get(0).texts());
        transports.forEach(transport -> assertSame(shared, transport.batches.get(0)));
        transports.forEach(transport -> assertEquals(1, transport.batches.size()));
        assertEquals(2, encoder.calls().get());
    }

    @Test
    void equalWordingsAreOneAndOthersAreNot() {
        Room hall = theatre.room(HALL);
        Theatre.Counted json = new Theatre.Counted("json");
        Theatre.Counted alike = new Theatre.Counted("json");
        Theatre.Counted cbor = new Theatre.Counted("cbor");
        List.of(json, alike, cbor)
                .forEach(encoder -> theatre.connect(transport()).follow(hall, 0, encoder, encoder));
        theatre.say(HALL, "hi");
        theatre.play();
        assertEquals(1, json.calls().get() + alike.calls().get());
        assertEquals(1, cbor.calls().get());
        Frame first = transports.get(0).frames().get(0);
        assertSame(first, transports.get(1).frames().get(0));
        assertNotSame(first, transports.get(2).frames().get(0));
    }

    @Test
    void everyoneHearsARoomInTheSameOrder() {
        FakeWire one = follower();
        FakeWire other = follower();
        List<String> said = theatre.sayMany(HALL, "m", 10);
        theatre.play();
        assertEquals(said, one.texts());
        assertEquals(said, other.texts());
    }

    @Test
    void roomsAreHeardApart() {
        FakeWire inHall = follower();
        FakeWire inAttic = theatre.follower(ATTIC);
        theatre.say(HALL, "hall");
        theatre.say(ATTIC, "attic");
        theatre.play();
        assertEquals(List.of("hall"), inHall.texts());
        assertEquals(List.of("attic"), inAttic.texts());
    }

    @Test
    void whatADialectDoesNotSayIsNotSent() {
        FakeWire transport = follower();
        theatre.say(HALL, "before");
        theatre.rooms.send(HALL, new Draft(ANN, Kind.DELETE, null, null, UUID.randomUUID(), null, Audience.EVERYONE));
        theatre.play();
        theatre.rooms.send(HALL, new Draft(ANN, Kind.DELETE, null, null, UUID.randomUUID(), null, Audience.EVERYONE));
        theatre.play();
        theatre.say(HALL, "after");
        theatre.play();
        assertEquals(List.of("before", "after"), transport.texts());
    }

    @Test
    void whatIsSentBeforeFollowingArrivesBeforeTheFirstMessage() {
        FakeWire transport = transport();
        Room hall = theatre.room(HALL);
        Connection client = theatre.connect(transport);
        client.send(new Frame.Text("SUBSCRIBED"));
        client.follow(hall, 0, WORDING, this);
        theatre.say(HALL, "first");
        theatre.play();
        assertEquals(List.of("SUBSCRIBED", "first"), transport.texts());
    }

    @Test
    void whatWasCommittedBeforeAPrivateFrameArrivesBeforeIt() {
        FakeWire transport = transport();
        Room hall = theatre.room(HALL);
        Connection client = theatre.connect(transport);
        client.follow(hall, 0, WORDING, this);
        theatre.play();
        theatre.say(HALL, "one");
        theatre.say(HALL, "two");
        theatre.log.commit();
        client.send(new Frame.Text("PUBLISHED"));
        theatre.say(HALL, "three");
        theatre.play();
        assertEquals(List.of("one", "two", "PUBLISHED", "three"), transport.texts());
    }

    @Test
    void privateFramesKeepTheirOrder() {
        FakeWire transport = transport();
        Connection client = theatre.connect(transport);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add("private " + i);
            client.send(new Frame.Text("private " + i));
        }
        theatre.play();
        assertEquals(sent, transport.texts());
    }

    @Test
    void twoRoomsOfOnePublisherAreInOrderAtOneWhoFollowsBoth() {
        FakeWire transport = transport();
        Connection client = theatre.connect(transport);
        client.follow(theatre.room(HALL), 0, WORDING, this);
        client.follow(theatre.room(ATTIC), 0, WORDING, this);
        theatre.play();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            said.add((i % 3 == 0 ? "hall " : "attic ") + i);
            theatre.say(i % 3 == 0 ? HALL : ATTIC, said.get(i));
        }
        theatre.play();
        assertEquals(said, transport.texts());
    }

    @Test
    void whoIsExcludedDoesNotHear() {
        FakeWire excluded = follower();
        FakeWire other = follower();
        theatre.say(HALL, "all");
        theatre.say(HALL, "others", listener -> listener != excluded);
        theatre.say(HALL, "none", listener -> false);
        theatre.say(HALL, "all again");
        theatre.play();
        assertEquals(List.of("all", "all again"), excluded.texts());
        assertEquals(List.of("all", "others", "all again"), other.texts());
    }

    @Test
    void whoIsExcludedAndLagsBeyondTheRingStillComesToRest() {
        FakeWire slow = follower();
        FakeWire quick = follower();
        FakeWire sameCarrier = follower();
        slow.hold();
        theatre.say(HALL, "0");
        theatre.play();
        theatre.say(HALL, "for others", listener -> listener != slow);
        theatre.play();
        List<String> later = theatre.sayMany(HALL, "m", 2 * Theatre.RING);
        theatre.play();
        slow.release();
        theatre.play();
        assertEquals(2 + later.size(), quick.texts().size());
        assertEquals(2 + later.size(), sameCarrier.texts().size());
        // The log does not keep audiences: who reads it back hears what the ring no longer holds.
        assertEquals(quick.texts(), slow.texts());
    }

    @Test
    void aRoomIsFollowedFromAnyEarlierPosition() {
        theatre.room(HALL);
        theatre.sayMany(HALL, "m", 5);
        theatre.play();
        FakeWire transport = transport();
        theatre.connect(transport).follow(theatre.room(HALL), 3, WORDING, this);
        theatre.say(HALL, "live");
        theatre.play();
        assertEquals(List.of("m4", "m5", "live"), transport.texts());
    }

    @Test
    void whatTheRingNoLongerHoldsIsReadBackFromTheLog() {
        theatre.room(HALL);
        List<String> said = new ArrayList<>(theatre.sayMany(HALL, "m", 1_000));
        theatre.play();
        FakeWire transport = transport();
        theatre.connect(transport).follow(theatre.room(HALL), 0, WORDING, this);
        theatre.turn();
        said.addAll(theatre.sayMany(HALL, "meanwhile", 3));
        theatre.play();
        assertEquals(said, transport.texts());
    }

    @Test
    void afterStoppingNothingMoreIsHeard() {
        FakeWire transport = transport();
        Client.Following following = theatre.connect(transport).follow(theatre.room(HALL), 0, WORDING, this);
        theatre.say(HALL, "before");
        theatre.play();
        theatre.say(HALL, "too late");
        theatre.log.commit();
        following.stop();
        theatre.play();
        assertEquals(List.of("before"), transport.texts());
    }

    @Test
    void stoppingBeforeItBeganMeansThatItNeverBegins() {
        FakeWire transport = transport();
        Client.Following following = theatre.connect(transport).follow(theatre.room(HALL), 0, WORDING, this);
        following.stop();
        theatre.say(HALL, "hi");
        theatre.play();
        assertEquals(List.of(), transport.texts());
        assertNoFollowers();
    }

    @Test
    void stoppingWhileTheLogIsReadMeansThatNothingOfItIsHeard() {
        theatre.room(HALL);
        theatre.sayMany(HALL, "m", 100);
        theatre.play();
        FakeWire transport = transport();
        Client.Following following = theatre.connect(transport).follow(theatre.room(HALL), 0, WORDING, this);
        theatre.turn();
        theatre.turn();
        following.stop();
        theatre.play();
        assertEquals(List.of(), transport.texts());
        assertNoFollowers();
    }

    @Test
    void stoppingWithWhatWasReadBackStillAtHandMeansThatItIsNotHeard() {
        theatre.room(HALL);
        theatre.sayMany(HALL, "m", 100);
        theatre.play();
        FakeWire transport = transport().hold();
        Connection client = theatre.connect(transport);
        client.send(new Frame.Text("welcome"));
        Client.Following following = client.follow(theatre.room(HALL), 0, WORDING, this);
        client.send(new Frame.Text("long"));
        theatre.play();
        following.stop();
        theatre.play();
        transport.release();
        theatre.play();
        assertFalse(transport.texts().contains("m1"));
    }

    private void assertNoFollowers() {
        for (DeliveryWorker worker : theatre.fanout.workers()) {
            assertEquals(0, worker.rooms());
        }
        assertEquals(0, theatre.fanout.logs().size());
        assertEquals(0, theatre.fanout.logs().size());
    }

    @Test
    void sharesAndTapesGoWithTheLastFollower() {
        List<Client.Following> followings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            MessageEncoder encoder = new Theatre.Counted("wording " + i % 2);
            followings.add(theatre.connect(transport()).follow(theatre.room(HALL), 0, encoder, this));
        }
        theatre.say(HALL, "hi");
        theatre.play();
        assertEquals(2, theatre.fanout.logs().size());
        followings.subList(0, 5).forEach(Client.Following::stop);
        theatre.play();
        assertEquals(1, theatre.fanout.logs().size());
        followings.forEach(Client.Following::stop);
        followings.forEach(Client.Following::stop);
        theatre.play();
        assertNoFollowers();
    }

    @Test
    void aRoomLeftByAllIsFollowedAnewWithoutAHole() {
        theatre.connect(transport())
                .follow(theatre.room(HALL), 0, WORDING, this)
                .stop();
        theatre.play();
        theatre.say(HALL, "unheard");
        theatre.play();
        FakeWire again = follower();
        theatre.say(HALL, "heard");
        theatre.play();
        assertEquals(List.of("heard"), again.texts());
    }

    @Test
    void anEndedConnectionLeavesNothingBehindAndTakesNothingMore() {
        FakeWire transport = transport().hold();
        Connection client = theatre.connect(transport);
        client.follow(theatre.room(HALL), 0, WORDING, this);
        client.send(new Frame.Text("under way"));
        theatre.play();
        client.send(new Frame.Text("waits"));
        theatre.say(HALL, "waits too");
        theatre.log.commit();
        client.closeNow(CloseCode.POLICY, "Kicked");
        client.send(new Frame.Text("too late"));
        client.follow(theatre.room(ATTIC), 0, WORDING, this);
        client.close(CloseCode.NORMAL, "too late");
        theatre.play();
        transport.release();
        theatre.play();
        Theatre.awaitClosed(transport, 1008);
        assertEquals(List.of("under way"), transport.texts());
        theatre.assertNothingHeld();
        assertNoFollowers();
    }

    @Test
    void closingSendsFirstWhatWasHandedOverBefore() {
        FakeWire transport = transport();
        Connection client = theatre.connect(transport);
        client.follow(theatre.room(HALL), 0, WORDING, this);
        theatre.play();
        theatre.say(HALL, "heard");
        theatre.log.commit();
        client.send(new Frame.Text("ABORT"));
        client.close(CloseCode.PROTOCOL_ERROR, "Not a message");
        client.send(new Frame.Text("too late"));
        theatre.play();
        Theatre.awaitClosed(transport, 1002);
        assertEquals(List.of("heard", "ABORT"), transport.texts());
        assertEquals("Not a message", transport.reason);
        theatre.assertNothingHeld();
    }

    @Test
    void aCloseReasonIsCutToWhatAFrameHolds() {
        FakeWire transport = transport();
        theatre.connect(transport).close(CloseCode.NORMAL, "ы".repeat(100));
        theatre.play();
        Theatre.awaitClosed(transport, 1000);
        assertEquals("ы".repeat(61), transport.reason);
    }

    @Test
    void ourFaultClosesWith1011AndAnIncidentId() {
        FakeWire transport = transport();
        theatre.connect(transport).fail(new IllegalStateException("planted"));
        theatre.play();
        Theatre.awaitClosed(transport, 1011);
        assertTrue(transport.reason.matches("Incident [0-9a-f-]{36}"), transport.reason);
    }

    @Test
    void aWordingThatFailsEndsThoseWhoListenInItAndNobodyElse() {
        record Broken() implements MessageEncoder {
            @Override
            public Frame encode(Message message) {
                throw new IllegalStateException("planted");
            }
        }
        FakeWire broken = transport();
        theatre.connect(broken).follow(theatre.room(HALL), 0, new Broken(), this);
        FakeWire other = follower();
        theatre.say(HALL, "hi");
        theatre.play();
        Theatre.awaitClosed(broken, 1011);
        assertEquals(List.of("hi"), other.texts());
    }

    @Test
    void aWordingThatFailsForWhatIsReadBackEndsThoseWhoListenInItAndNobodyElse() {
        record Broken() implements MessageEncoder {
            @Override
            public Frame encode(Message message) {
                throw new IllegalStateException("planted");
            }
        }
        theatre.room(HALL);
        List<String> said = theatre.sayMany(HALL, "m", 1_000);
        theatre.play();
        FakeWire broken = transport();
        theatre.connect(broken).follow(theatre.room(HALL), 0, new Broken(), this);
        FakeWire other = transport();
        theatre.connect(other).follow(theatre.room(HALL), 0, WORDING, this);
        theatre.play();
        Theatre.awaitClosed(broken, 1011);
        assertEquals(said, other.texts());
    }

    @Test
    void aWordingThatRunsIntoAnErrorEndsThoseWhoListenInItAndNobodyElse() {
        record Endless() implements MessageEncoder {
            @Override
            public Frame encode(Message message) {
                throw new StackOverflowError("planted");
            }
        }
        FakeWire broken = transport();
        theatre.connect(broken).follow(theatre.room(HALL), 0, new Endless(), this);
        FakeWire other = follower();
        theatre.say(HALL, "hi");
        theatre.play();
        Theatre.awaitClosed(broken, 1011);
        assertEquals(List.of("hi"), other.texts());
    }

    @Test
    void theEndIsToldOnceHoweverOftenItComes() {
        FakeWire transport = transport();
        Connection client = theatre.connect(transport);
        List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        client.onClosed(() -> told.add("first"));
        client.closeNow(CloseCode.NORMAL, "");
        client.closeNow(CloseCode.POLICY, "");
        client.closedByPeer(1006);
        Theatre.awaitClosed(transport, 1000);
        org.awaitility.Awaitility.await().until(() -> !told.isEmpty());
        assertEquals(List.of("first"), told);
    }

    @Test
    void whoAsksAfterTheEndIsToldAtOnce() {
        Connection client = theatre.connect(transport());
        client.closeNow(CloseCode.NORMAL, "");
        List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        client.onClosed(() -> told.add("late"));
        org.awaitility.Awaitility.await().until(() -> told.equals(List.of("late")));
    }
}
