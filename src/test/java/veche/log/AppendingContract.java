package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits.Reads;
import veche.log.LogLimits.Retention;
import veche.log.LogLimits.Writes;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Extent;
import veche.room.RefusedException;
import veche.room.RoomName;

/** Requirements on every log for appended messages. */
abstract class AppendingContract extends LogFixture {
    @Test
    void aNewRoomIsEmpty() throws Exception {
        Extent extent = get(open().open(room));
        assertEquals(1, extent.first());
        assertEquals(0, extent.last());
        assertFalse(extent.epoch().isEmpty());
    }

    @Test
    void aMessageIsReadBackUnchanged() throws Exception {
        MessageLog log = open();
        UUID target = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, -1, 127});
        String text = "\u0000 \uFDD0 \uFDD00 вече 🔔";
        Draft draft = new Draft(BORIS, Kind.FILE, text, text + ".png", bytes, target, "key", Audience.EVERYONE);
        Instant before = Instant.now().minusMillis(1);
        Message appended = get(log.append(room, draft)).message();
        Message read = get(log.find(room, appended.id())).orElseThrow();

        assertEquals(appended, read);
        assertEquals(List.of(appended), get(log.after(room, 0, 10)));
        assertEquals(List.of(appended), get(log.before(room, Long.MAX_VALUE, 10)));
        assertEquals(draft.text(), read.text());
        assertEquals(draft.name(), read.name());
        assertEquals(bytes, read.data());
        assertEquals(
                List.of(BORIS, Kind.FILE, target, "key"),
                List.of(read.author(), read.kind(), read.target(), read.key()));
        assertEquals(7, read.id().version());
        assertTrue(read.at().isAfter(before) && !read.at().isAfter(Instant.now()), () -> "at " + read.at());
        assertEquals(get(log.open(room)).epoch(), read.position().epoch());
    }

    @Test
    void aMessageWithoutTextDataOrKeyIsReadBackUnchanged() throws Exception {
        MessageLog log = open();
        UUID target = get(log.append(room, Draft.text(ANNA, ""))).message().id();
        Message deleted = get(log.append(
                        room, new Draft(ANNA, Kind.DELETE, null, null, target, null, Audience.EVERYONE)))
                .message();
        assertEquals(deleted, get(log.find(room, deleted.id())).orElseThrow());
        assertEquals(null, get(log.find(room, target)).orElseThrow().text());
    }

    @Test
    void anUnpairedSurrogateIsRejected() throws Exception {
        MessageLog log = open();
        assertEquals(RefusedException.Reason.INVALID, refusal(log.append(room, Draft.text(ANNA, "a\uD800"))));
        assertEquals(RefusedException.Reason.INVALID, refusal(log.append(room, Draft.text(ANNA, "\uDC00\uD800"))));
        Draft named =
                new Draft(ANNA, Kind.FILE, null, "\uD800.png", ByteBuffer.allocate(0), null, null, Audience.EVERYONE);
        assertEquals(RefusedException.Reason.INVALID, refusal(log.append(room, named)));
        assertEquals(
                1,
                get(log.append(room, Draft.text(ANNA, "🔔")))
                        .message()
                        .position()
                        .number());
    }

    @Test
    void messagesOfOneThreadKeepTheirOrder() throws Exception {
        MessageLog log = open();
        append(log, 3_000);
        List<Message> messages = listener.messages(room);
        assertEquals(upTo(3_000), positions(messages));
        for (int i = 0; i < messages.size(); i++) {
            assertEquals("text " + (i + 1), messages.get(i).text());
        }
    }

    @Test
    void timestampsOfARoomAreMonotonic() throws Exception {
        MessageLog log = open();
        append(log, 500);
        List<Instant> times = listener.messages(room).stream().map(Message::at).toList();
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void concurrentAppendsReceivePositionsWithoutAGap() throws Exception {
        MessageLog log = open();
        int threads = 4;
        int each = 500;
        ExecutorService appenders = Executors.newFixedThreadPool(threads);
        List<Future<List<CompletionStage<Appended>>>> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Author author = new Author("user:" + t, "User " + t);
            all.add(appenders.submit(() -> IntStream.range(0, each)
                    .mapToObj(i -> log.append(i % 2 == 0 ? room : other, Draft.text(author, "" + i)))
                    .toList()));
        }
        for (Future<List<CompletionStage<Appended>>> stages : all) {
            for (CompletionStage<Appended> stage : stages.get(30, TimeUnit.SECONDS)) {
                get(stage);
            }
        }
        appenders.shutdown();
        assertEquals(upTo(threads * each / 2), listener.positions(room));
        assertEquals(upTo(threads * each / 2), listener.positions(other));
        for (int t = 0; t < threads; t++) {
            String author = "user:" + t;
            List<Integer> own = listener.messages(room).stream()
                    .filter(message -> message.author().id().equals(author))
                    .map(message -> Integer.valueOf(message.text()))
                    .toList();
            assertEquals(own.stream().sorted().toList(), own);
        }
    }

    @Test
    void aMessageIsStoredThenDeliveredThenAcknowledged() throws Exception {
        MessageLog log = log(LogLimits.DEFAULT);
        List<String> events = new ArrayList<>();
        try (log) {
            log.listen(new MessageLog.Listener() {
                @Override
                public void committed(List<Appended> batch) {
                    for (Appended appended : batch) {
                        // A read uses another connection, which sees only committed messages.
                        boolean stored = log.find(room, appended.message().id())
                                .toCompletableFuture()
                                .join()
                                .isPresent();
                        events.add((stored ? "stored and delivered " : "delivered ")
                                + appended.message().text());
                    }
                }

                @Override
                public void trimmed(RoomName name, long first) {}
            });
            CompletionStage<Boolean> acknowledged = log.append(room, Draft.text(ANNA, "one"))
                    .thenApply(appended ->
                            events.add("acknowledged " + appended.message().text()));
            get(acknowledged);
        }
        assertEquals(List.of("stored and delivered one", "acknowledged one"), events);
    }

    @Test
    void theExtentOfAnOpenedRoomPrecedesWhatIsAppendedLater() throws Exception {
        MessageLog log = open();
        for (int i = 0; i < 200; i++) {
            log.append(room, Draft.text(ANNA, "before"));
            CompletionStage<Integer> deliveredBefore = log.open(room).thenApply(extent -> {
                assertTrue(listener.appended.size() >= extent.last());
                return (int) extent.last();
            });
            Appended after = get(log.append(room, Draft.text(ANNA, "after")));
            assertTrue(Set.of(2 * i, 2 * i + 1).contains(get(deliveredBefore)));
            assertEquals(2 * i + 2, after.message().position().number());
        }
    }

    @Test
    void aKeyGivesTheFirstMessageAgain() throws Exception {
        MessageLog log = open();
        Appended first = get(log.append(room, keyed(ANNA, "one", "k")));
        Appended again = get(log.append(room, keyed(ANNA, "two", "k")));
        assertFalse(first.repeated());
        assertTrue(again.repeated());
        assertEquals(first.message(), again.message());
        assertEquals("two", again.draft().text());
        assertEquals(upTo(1), listener.positions(room));
    }

    @Test
    void aKeyIsKnownWithinOneBatchToo() throws Exception {
        MessageLog log = open();
        CompletionStage<Appended> first = log.append(room, keyed(ANNA, "one", "k"));
        CompletionStage<Appended> again = log.append(room, keyed(ANNA, "two", "k"));
        CompletionStage<Appended> next = log.append(room, Draft.text(ANNA, "three"));
        assertEquals(get(first).message(), get(again).message());
        assertTrue(get(again).repeated());
        assertEquals(2, get(next).message().position().number());
    }

    @Test
    void aKeyBelongsToItsAuthorAndRoom() throws Exception {
        MessageLog log = open();
        assertFalse(get(log.append(room, keyed(ANNA, "one", "k"))).repeated());
        assertFalse(get(log.append(room, keyed(BORIS, "two", "k"))).repeated());
        assertFalse(get(log.append(other, keyed(ANNA, "three", "k"))).repeated());
    }

    @Test
    void anExpiredKeyMayBeUsedAgain() throws Exception {
        Writes shortMemory = new Writes(100, 1 << 20, 100, 1 << 20, Duration.ofMillis(1));
        MessageLog log = open(new LogLimits(shortMemory, Reads.DEFAULT, Retention.DEFAULT));
        Message first = get(log.append(room, keyed(ANNA, "one", "k"))).message();
        await().until(() -> Instant.now().isAfter(first.at().plusMillis(2)));
        Appended second = get(log.append(room, keyed(ANNA, "two", "k")));
        assertFalse(second.repeated());
        assertEquals(2, second.message().position().number());
    }

    @Test
    void aKeyIsKeptLongerThanItsTrimmedMessage() throws Exception {
        MessageLog log = open(keeping(Duration.ZERO, 1));
        get(log.open(room));
        Message first = get(log.append(room, keyed(ANNA, "one", "k"))).message();
        append(log, 5);
        await().until(() -> listener.trimmed.getOrDefault(room, 0L) > 1);
        Appended again = get(log.append(room, keyed(ANNA, "one", "k")));
        assertTrue(again.repeated());
        assertEquals(first, again.message());
    }
}
