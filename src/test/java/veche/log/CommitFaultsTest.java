package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.log.LogFixture.ANNA;
import static veche.log.LogFixture.get;
import static veche.log.LogFixture.keyed;
import static veche.log.LogFixture.upTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import veche.log.FaultyStorage.Fault;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog.Appended;
import veche.room.RoomName;
import veche.testing.Property;

class CommitFaultsTest {
    private static final List<RoomName> ROOMS = List.of(new RoomName("a"), new RoomName("b"), new RoomName("c"));

    /** A message, how its commit fails, and whether the outcome is awaited before the next step. */
    record Step(Fault fault, RoomName room, String key, boolean awaited) {}

    private static Step step(Random random) {
        Fault[] faults = Fault.values();
        String key = random.nextBoolean() ? null : random.nextBoolean() ? "k" : "l";
        RoomName room = ROOMS.get(random.nextInt(ROOMS.size()));
        return new Step(faults[random.nextInt(faults.length)], room, key, random.nextBoolean());
    }

    @Test
    void theListenerReceivesExactlyTheLogWhateverFails() {
        Property.checkLists(300, 30, CommitFaultsTest::step, CommitFaultsTest::assertTheListenerReceivesExactlyTheLog);
    }

    private static void assertTheListenerReceivesExactlyTheLog(List<Step> steps) throws Exception {
        FaultyStorage storage = new FaultyStorage();
        RecordingListener listener = new RecordingListener();
        List<Message> acknowledged = new CopyOnWriteArrayList<>();
        try (ExpectedFailures failures = new ExpectedFailures();
                QueuedLog log = new QueuedLog(storage, AppendingMain.KEEPING_ALL)) {
            log.listen(listener);
            List<CompletionStage<Boolean>> outcomes = new ArrayList<>();
            for (Step step : steps) {
                outcomes.add(play(log, storage, step, acknowledged));
            }
            for (CompletionStage<Boolean> outcome : outcomes) {
                get(outcome);
            }
            storage.faults.clear();
            assertTrue(failures.written.size() <= steps.size());
            for (RoomName room : ROOMS) {
                long last = get(log.open(room)).last();
                assertEquals(upTo(last), listener.positions(room));
                assertEquals(get(log.after(room, 0, 1_000)), listener.messages(room));
            }
        }
        List<Message> received =
                ROOMS.stream().flatMap(room -> listener.messages(room).stream()).toList();
        assertTrue(received.containsAll(acknowledged));
        assertEquals(
                received.size(), received.stream().map(Message::id).distinct().count());
        List<IdempotencyKey> keys = received.stream()
                .flatMap(message -> IdempotencyKey.of(message).stream())
                .toList();
        assertEquals(keys.stream().distinct().toList(), keys);
    }

    private static CompletionStage<Boolean> play(
            QueuedLog log, FaultyStorage storage, Step step, List<Message> acknowledged) throws Exception {
        storage.faults.add(step.fault());
        Draft draft = step.key() == null ? Draft.text(ANNA, "text") : keyed(ANNA, "text", step.key());
        var done = log.append(step.room(), draft).handle((appended, refusal) -> note(appended, acknowledged));
        if (step.awaited()) {
            get(done);
        }
        return done;
    }

    private static boolean note(Appended appended, List<Message> acknowledged) {
        return appended != null && acknowledged.add(appended.message());
    }
}
