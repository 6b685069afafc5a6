package veche.log;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
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
import veche.room.RefusedException;
import veche.room.RoomName;

/** A log under test, with functions to append and read. */
abstract class LogFixture {
    static final Author ANNA = new Author("user:anna", "Anna");
    static final Author BORIS = new Author("user:boris", "Борис");
    static final Author CLARA = new Author("user:clara", "Clara");
    static final Author DORA = new Author("user:dora", "Dora");

    final RoomName room = new RoomName("room-" + UUID.randomUUID());
    final RoomName other = new RoomName("other-" + UUID.randomUUID());
    final RecordingListener listener = new RecordingListener();
    private final List<MessageLog> opened = new ArrayList<>();

    /** Opens the log of this test; every call opens the same one. */
    abstract MessageLog log(LogLimits limits) throws Exception;

    MessageLog open(LogLimits limits) throws Exception {
        MessageLog log = log(limits);
        opened.add(log);
        log.listen(listener);
        return log;
    }

    MessageLog open() throws Exception {
        return open(LogLimits.DEFAULT);
    }

    @AfterEach
    void closeLogs() {
        opened.forEach(MessageLog::close);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static RefusedException.Reason refusal(CompletionStage<?> stage) {
        var failure = assertThrows(
                CompletionException.class,
                () -> stage.toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join());
        return assertInstanceOf(RefusedException.class, failure.getCause()).reason();
    }

    static Draft keyed(Author author, String text, String key) {
        return new Draft(author, Kind.TEXT, text, null, null, key, Audience.EVERYONE);
    }

    static LogLimits keeping(Duration age, long messages) {
        return new LogLimits(
                Writes.DEFAULT,
                Reads.DEFAULT,
                new Retention(age, messages, Duration.ofDays(30), Duration.ofMillis(50)));
    }

    static List<Long> positions(List<Message> messages) {
        return messages.stream().map(message -> message.position().number()).toList();
    }

    static List<Long> upTo(long last) {
        return between(1, last);
    }

    static List<Long> between(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    void append(MessageLog log, int count) throws Exception {
        List<CompletionStage<Appended>> stages = IntStream.rangeClosed(1, count)
                .mapToObj(i -> log.append(room, Draft.text(ANNA, "text " + i)))
                .toList();
        for (CompletionStage<Appended> stage : stages) {
            get(stage);
        }
    }
}
