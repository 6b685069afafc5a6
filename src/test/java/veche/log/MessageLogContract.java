package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits.Reads;
import veche.log.LogLimits.Retention;
import veche.log.LogLimits.Writes;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Extent;
import veche.room.RefusedException;
import veche.room.RoomName;

/** Requirements on every log. */
abstract class MessageLogContract extends AppendingContract {
    @Test
    void afterAndBeforeReturnTheMessagesNextToAPosition() throws Exception {
        MessageLog log = open();
        append(log, 20);
        assertEquals(between(6, 8), positions(get(log.after(room, 5, 3))));
        assertEquals(between(2, 4), positions(get(log.before(room, 5, 3))));
        assertEquals(between(18, 20), positions(get(log.before(room, Long.MAX_VALUE, 3))));
        assertEquals(List.of(), get(log.after(room, 20, 3)));
        assertEquals(List.of(), get(log.before(room, 1, 3)));
        assertEquals(List.of(), get(log.after(room, 0, 0)));
        assertEquals(List.of(), get(log.after(other, 0, 3)));
    }

    @Test
    void aRoomMayHaveItsOwnMaximumAge() throws Exception {
        Retention retention = new Retention(
                Duration.ZERO,
                0,
                Duration.ofDays(30),
                Duration.ofMillis(50),
                List.of(
                        new Retention.RoomAge(room.value(), Duration.ZERO),
                        new Retention.RoomAge(other.value() + "*", Duration.ofMillis(1))));
        MessageLog log = open(new LogLimits(Writes.DEFAULT, Reads.DEFAULT, retention));
        get(log.append(room, Draft.text(ANNA, "kept")));
        get(log.append(other, Draft.text(ANNA, "expired")));
        await().until(() -> get(log.after(other, 0, 10)).isEmpty());
        assertEquals(1, get(log.after(room, 0, 10)).size());
    }

    @Test
    void readsAreBoundedByBytesButReturnAtLeastOneMessage() throws Exception {
        MessageLog log = open(new LogLimits(Writes.DEFAULT, new Reads(1, 10, 5_000), Retention.DEFAULT));
        for (int i = 0; i < 5; i++) {
            get(log.append(room, Draft.text(ANNA, "x".repeat(1_000))));
        }
        get(log.append(room, Draft.text(ANNA, "x".repeat(100_000))));
        assertEquals(between(1, 2), positions(get(log.after(room, 0, 100))));
        assertEquals(between(4, 5), positions(get(log.before(room, 6, 100))));
        assertEquals(between(6, 6), positions(get(log.after(room, 5, 100))));
        assertEquals(between(6, 6), positions(get(log.before(room, 7, 100))));
    }

    @Test
    void aMessageIsFoundOnlyInItsRoom() throws Exception {
        MessageLog log = open();
        get(log.open(other));
        UUID id = get(log.append(room, Draft.text(ANNA, "one"))).message().id();
        assertEquals(Optional.empty(), get(log.find(other, id)));
        assertEquals(Optional.empty(), get(log.find(room, UUID.randomUUID())));
    }

    @Test
    void everyRoomWithAMessageIsListedButNotOneThatWasOnlyOpened() throws Exception {
        MessageLog log = open();
        assertEquals(0, get(log.open(other)).last());
        append(log, 1);
        List<RoomName> rooms = get(log.rooms());
        assertTrue(rooms.contains(room), rooms::toString);
        assertFalse(rooms.contains(other), rooms::toString);
        assertEquals(rooms.stream().sorted().distinct().toList(), rooms);
    }

    @Test
    void aReleasedRoomIsReopenedAtItsEnd() throws Exception {
        MessageLog log = open();
        get(log.open(room));
        get(log.open(room));
        log.release(room);
        append(log, 2);
        log.release(room);
        append(log, 3);
        assertEquals(5, get(log.open(room)).last());
        append(log, 1);
        assertEquals(6, get(log.after(room, 0, 10)).size());
    }

    @Test
    void aRoomKeepsItsNewestMessages() throws Exception {
        MessageLog log = open(keeping(Duration.ZERO, 10));
        append(log, 50);
        await().untilAsserted(() -> assertEquals(41L, listener.trimmed.get(room)));
        Extent extent = get(log.open(room));
        assertEquals(41, extent.first());
        assertEquals(50, extent.last());
        assertEquals(between(41, 50), positions(get(log.after(room, 0, 100))));
    }

    @Test
    void aRoomThatGrowsFastIsTrimmedBeforeTheInterval() throws Exception {
        Retention seldom = new Retention(Duration.ZERO, 100, Duration.ofDays(30), Duration.ofHours(1));
        MessageLog log = open(new LogLimits(Writes.DEFAULT, Reads.DEFAULT, seldom));
        for (int i = 0; i < 4; i++) {
            append(log, WriteRequest.Trim.STEP);
        }
        Extent extent = get(log.open(room));
        assertEquals(4L * WriteRequest.Trim.STEP, extent.last());
        assertTrue(extent.last() - extent.first() < 2 * WriteRequest.Trim.STEP, extent::toString);
    }

    @Test
    void positionsContinueAfterEverythingWasTrimmed() throws Exception {
        MessageLog log = open(keeping(Duration.ofMillis(1), 0));
        append(log, 5);
        await().untilAsserted(() -> assertEquals(6L, listener.trimmed.get(room)));
        assertEquals(List.of(), get(log.after(room, 0, 10)));
        Extent extent = get(log.open(room));
        assertEquals(6, extent.first());
        assertEquals(5, extent.last());
        assertEquals(
                6,
                get(log.append(room, Draft.text(ANNA, "six")))
                        .message()
                        .position()
                        .number());
    }

    @Test
    void aMessageBeyondTheQueueLimitIsRejectedAtOnce() throws Exception {
        Writes few = new Writes(4, 1 << 20, 4, 1 << 20, Duration.ofHours(1));
        MessageLog log = log(new LogLimits(few, new Reads(1, 1, 1), Retention.DEFAULT));
        try (log) {
            // Nothing is written before a listener is registered.
            List<CompletionStage<Appended>> waiting = List.of(
                    log.append(room, Draft.text(ANNA, "1")),
                    log.append(room, Draft.text(ANNA, "2")),
                    log.append(room, Draft.text(BORIS, "3")),
                    log.append(room, Draft.text(CLARA, "4")));
            assertEquals(RefusedException.Reason.BUSY, refusal(log.append(room, Draft.text(DORA, "too many"))));
            log.listen(listener);
            for (CompletionStage<Appended> stage : waiting) {
                get(stage);
            }
            assertEquals(
                    5,
                    get(log.append(room, Draft.text(ANNA, "in")))
                            .message()
                            .position()
                            .number());
        }
    }

    @Test
    void anAuthorTakesAtMostHalfOfTheQueue() throws Exception {
        Writes few = new Writes(8, 10_000, 8, 10_000, Duration.ofHours(1));
        MessageLog log = log(new LogLimits(few, new Reads(1, 1, 1), Retention.DEFAULT));
        try (log) {
            List<CompletionStage<Appended>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(log.append(room, Draft.text(ANNA, "" + i)));
            }
            assertEquals(RefusedException.Reason.BUSY, refusal(log.append(room, Draft.text(ANNA, "too many"))));
            waiting.add(log.append(room, Draft.text(BORIS, "x".repeat(1_500))));
            assertEquals(RefusedException.Reason.BUSY, refusal(log.append(room, Draft.text(BORIS, "x".repeat(1_500)))));
            waiting.add(log.append(room, Draft.text(CLARA, "x".repeat(1_500))));
            log.listen(listener);
            for (CompletionStage<Appended> stage : waiting) {
                get(stage);
            }
        }
    }

    @Test
    void bytesBeyondTheQueueLimitAreRejectedExceptForASingleMessage() throws Exception {
        Writes small = new Writes(100, 2_000, 100, 2_000, Duration.ofHours(1));
        MessageLog log = log(new LogLimits(small, Reads.DEFAULT, Retention.DEFAULT));
        try (log) {
            CompletionStage<Appended> large = log.append(room, Draft.text(ANNA, "x".repeat(50_000)));
            assertEquals(RefusedException.Reason.BUSY, refusal(log.append(room, Draft.text(ANNA, "more"))));
            log.listen(listener);
            assertEquals(1, get(large).message().position().number());
        }
    }

    @Test
    void closingCommitsPendingMessagesAndRejectsLaterOnes() throws Exception {
        MessageLog log = open();
        List<CompletableFuture<Appended>> waiting = IntStream.range(0, 1_000)
                .mapToObj(i -> log.append(room, Draft.text(ANNA, "" + i)).toCompletableFuture())
                .toList();
        log.close();
        assertEquals(1_000, waiting.get(999).getNow(null).message().position().number());
        assertEquals(RefusedException.Reason.STOPPING, refusal(log.append(room, Draft.text(ANNA, "late"))));
        assertEquals(RefusedException.Reason.STOPPING, refusal(log.open(room)));
        assertEquals(RefusedException.Reason.STOPPING, refusal(log.after(room, 0, 1)));
        log.close();
    }

    @Test
    void closingEndsAllThreads() throws Exception {
        Set<Thread> others = threads();
        MessageLog log = open();
        append(log, 10);
        get(log.rooms());
        Set<Thread> its = threads();
        its.removeAll(others);
        assertFalse(its.isEmpty());
        log.close();
        await().untilAsserted(() -> assertEquals(Map.of(), alive(its)));
    }

    /** What each of the threads that are alive does. */
    private static Map<String, List<StackTraceElement>> alive(Set<Thread> threads) {
        return threads.stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toMap(Thread::getName, thread -> List.of(thread.getStackTrace())));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("veche-log-"))
                .collect(Collectors.toSet());
    }

    @Test
    void aFailingListenerAndAFailingStageDoNotStopTheLog() throws Exception {
        MessageLog log = log(LogLimits.DEFAULT);
        try (log;
                ExpectedFailures failures = new ExpectedFailures()) {
            log.listen(new MessageLog.Listener() {
                @Override
                public void committed(List<Appended> batch) {
                    throw new IllegalStateException("This listener always fails");
                }

                @Override
                public void trimmed(RoomName name, long first) {}
            });
            CompletionStage<Void> failing = log.append(room, Draft.text(ANNA, "one"))
                    .thenAccept(appended -> {
                        throw new AssertionError("This stage always fails");
                    });
            assertThrows(
                    CompletionException.class,
                    () -> failing.toCompletableFuture().join());
            assertEquals(
                    2,
                    get(log.append(room, Draft.text(ANNA, "two")))
                            .message()
                            .position()
                            .number());
            assertEquals(1, failures.written.size());
        }
    }
}
