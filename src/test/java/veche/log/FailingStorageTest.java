package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.log.LogFixture.ANNA;
import static veche.log.LogFixture.get;
import static veche.log.LogFixture.keyed;
import static veche.log.LogFixture.positions;
import static veche.log.LogFixture.refusal;
import static veche.log.LogFixture.upTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.log.FaultyStorage.Fault;
import veche.log.LogLimits.Reads;
import veche.log.LogLimits.Retention;
import veche.log.LogLimits.Writes;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.MessageLog.Appended;
import veche.room.Position;
import veche.room.RefusedException.Reason;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

class FailingStorageTest {
    private final RoomName room = new RoomName("room");
    private final FaultyStorage storage = new FaultyStorage();
    private final RecordingListener listener = new RecordingListener();
    private final QueuedLog log =
            new QueuedLog(storage, new LogLimits(Writes.DEFAULT, new Reads(1, 1, 1 << 20), Retention.UNLIMITED));

    private final ExpectedFailures failures = new ExpectedFailures();

    @AfterEach
    void close() {
        log.close();
        failures.close();
    }

    private void fail(Fault... faults) {
        storage.faults.addAll(List.of(faults));
    }

    private CompletionStage<Appended> append(String text) {
        return log.append(room, Draft.text(ANNA, text));
    }

    /** Completes the first batch, which also removes old keys, before faults are injected. */
    private void listen() throws Exception {
        log.listen(listener);
        get(log.open(room));
    }

    @Test
    void aMessageThatCannotBeStoredIsRejectedAndLeavesNoGap() throws Exception {
        listen();
        get(append("one"));
        for (Fault fault : List.of(Fault.NOT_BEGUN, Fault.NOT_COMMITTED, Fault.CRASHED)) {
            fail(fault);
            assertEquals(Reason.LOG_UNAVAILABLE, refusal(append("lost")));
        }
        assertEquals(2, get(append("two")).message().position().number());
        assertEquals(upTo(2), listener.positions(room));
    }

    @Test
    void aCommitWithALostResponseIsDeliveredBeforeLaterMessages() throws Exception {
        listen();
        fail(Fault.YET_COMMITTED);
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(append("one")));
        assertEquals(2, get(append("two")).message().position().number());
        assertEquals(List.of("one", "two"), texts());
        assertEquals(upTo(2), listener.positions(room));
    }

    @Test
    void aCommitWithALostResponseKeepsItsAudience() throws Exception {
        listen();
        Audience empty = follower -> false;
        fail(Fault.YET_COMMITTED);
        Draft hidden = new Draft(ANNA, Kind.TEXT, "psst", null, null, null, empty);
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(log.append(room, hidden)));
        get(append("two"));
        assertSame(empty, listener.appended.get(0).draft().audience());
        assertSame(Audience.EVERYONE, listener.appended.get(1).draft().audience());
    }

    @Test
    void aRetryAfterALostResponseReturnsTheFirstMessage() throws Exception {
        listen();
        fail(Fault.YET_COMMITTED);
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(log.append(room, keyed(ANNA, "one", "k"))));
        Appended again = get(log.append(room, keyed(ANNA, "one", "k")));
        assertTrue(again.repeated());
        assertEquals(1, again.message().position().number());
        assertEquals(upTo(1), listener.positions(room));
    }

    @Test
    void aRetryAfterAFailureIsNotARepetition() throws Exception {
        listen();
        fail(Fault.NOT_COMMITTED);
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(log.append(room, keyed(ANNA, "one", "k"))));
        assertFalse(get(log.append(room, keyed(ANNA, "one", "k"))).repeated());
    }

    @Test
    void onlyTheInvalidMessageOfABatchIsRejected() throws Exception {
        List<CompletionStage<Appended>> batch = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> append(i == 70 ? FaultyStorage.POISON : "text " + i))
                .toList();
        log.listen(listener);
        for (int i = 1; i <= 100; i++) {
            if (i == 70) {
                assertEquals(Reason.LOG_UNAVAILABLE, refusal(batch.get(i - 1)));
            } else {
                assertEquals("text " + i, get(batch.get(i - 1)).message().text());
            }
        }
        assertEquals(upTo(99), listener.positions(room));
        assertEquals(listener.messages(room), get(log.after(room, 0, 100)));
    }

    @Test
    void aRoomThatFailedToOpenCanBeOpenedLater() throws Exception {
        listen();
        fail(Fault.NOT_BEGUN);
        RoomName next = new RoomName("next");
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(log.open(next)));
        assertEquals(0, get(log.open(next)).last());
    }

    @Test
    void aFailureIsLoggedOnceWithTheIncidentSentToTheAuthor() throws Exception {
        listen();
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            fail(Fault.NOT_COMMITTED);
            get(append("lost").exceptionally(refusal -> {
                messages.add(refusal.getMessage());
                return null;
            }));
        }
        assertEquals(1, failures.written.size());
        String incident = messages.get(0).replaceFirst(".*incident (\\w+).*", "$1");
        assertTrue(failures.written.get(0).contains("incident " + incident), () -> failures.written + " " + messages);
        assertEquals(1, messages.stream().distinct().count());
    }

    @Test
    void readsFailWithLogUnavailableAndRecover() throws Exception {
        listen();
        get(append("one"));
        storage.unreadable = true;
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(log.after(room, 0, 1)));
        assertEquals(Reason.LOG_UNAVAILABLE, refusal(log.rooms()));
        storage.unreadable = false;
        assertEquals(upTo(1), positions(get(log.after(room, 0, 1))));
    }

    @Test
    void aReadBeyondTheQueueLimitIsRejectedAtOnce() throws Exception {
        CountDownLatch reading = storage.holdReads();
        CompletionStage<List<RoomName>> first = log.rooms();
        reading.await();
        CompletionStage<List<RoomName>> second = log.rooms();
        assertEquals(Reason.BUSY, refusal(log.rooms()));
        storage.releaseReads();
        assertEquals(List.of(), get(first));
        assertEquals(List.of(), get(second));
    }

    @Test
    void aSweepTakesOnePlaceAmongTheReads() throws Exception {
        CountDownLatch reading = storage.holdReads();
        log.listen(listener);
        reading.await();
        CompletionStage<List<RoomName>> rooms = log.rooms();
        storage.releaseReads();
        assertEquals(List.of(), get(rooms));
    }

    @Test
    void aFailedMeasurementOfTheStorageDoesNotStopRetention() {
        storage.unmeasurable = true;
        log.listen(listener);
        await().until(() -> storage.overdueReads.get() > 0);
    }

    @Test
    void aFailedMeasurementOfTheStorageKeepsTheCountOfBytes() {
        DiskSpace disk = new DiskSpace(new LogLimits.Disk(100, 0));
        disk.take(100);
        storage.unmeasurable = true;
        assertThrows(StorageException.class, () -> disk.measure(storage));
        assertTrue(disk.space().full());
    }

    @Test
    void messagesOfAnotherNodeAreDeliveredInOrderAfterAPoll() throws Exception {
        listen();
        try (QueuedLog node = new QueuedLog(storage, LogLimits.DEFAULT)) {
            node.listen(new RecordingListener());
            get(append("one"));
            get(node.append(room, Draft.text(ANNA, "two")));
            get(node.append(room, Draft.text(ANNA, "three")));
            get(log.refresh());
            assertEquals(List.of("one", "two", "three"), texts());
            get(node.append(room, Draft.text(ANNA, "four")));
            get(append("five"));
            assertEquals(upTo(5), listener.positions(room));
        }
    }

    @Test
    void aRoomWhoseUndeliveredMessagesWereTrimmedReportsThatItIsNotRecovered() throws Exception {
        Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));
        Room live = get(rooms.open(room));
        get(rooms.send(room, Draft.text(ANNA, "first")));
        Position known = live.end();
        try (QueuedLog node = new QueuedLog(storage, LogFixture.keeping(Duration.ZERO, 2))) {
            RecordingListener trimming = new RecordingListener();
            node.listen(trimming);
            for (int i = 0; i < 10; i++) {
                get(node.append(room, Draft.text(ANNA, "" + i)));
            }
            await().until(() -> trimming.trimmed.getOrDefault(room, 0L) == 10L);
        }
        get(rooms.send(room, Draft.text(ANNA, "next")));
        assertEquals(12, live.tail());
        assertEquals("next", live.recent(12).message().text());
        assertFalse(live.resume(known).recovered());
        assertTrue(live.resume(new Position(known.epoch(), 9)).recovered());
    }

    private List<String> texts() {
        return listener.messages(room).stream().map(message -> message.text()).toList();
    }
}
