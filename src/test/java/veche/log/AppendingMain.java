package veche.log;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.MessageLog;
import veche.room.RoomName;

/**
 * Appends under full load until it is killed, and prints the room, position and id of each acknowledged message.
 * Argument: a directory for SQLite, or the URL of PostgreSQL.
 */
final class AppendingMain {
    static final List<RoomName> ROOMS =
            IntStream.range(0, 3).mapToObj(i -> new RoomName("crash-" + i)).toList();

    private AppendingMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        String database = arguments[0];
        MessageLog log = database.startsWith("jdbc:")
                ? Logs.postgresql(database, "postgres", "", KEEPING_ALL)
                : Logs.sqlite(Path.of(database), KEEPING_ALL);
        log.listen(new RecordingListener());
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        Semaphore inFlight = new Semaphore(2_000);
        Author author = new Author("user:anna", "Anna");
        for (int i = 0; ; i++) {
            inFlight.acquire();
            String key = i % 10 == 0 ? "key " + i : null;
            Draft draft = new Draft(author, Kind.TEXT, "text " + i, null, null, key, Audience.EVERYONE);
            boolean flush = i % 100 == 0;
            log.append(ROOMS.get(i % ROOMS.size()), draft).thenAccept(appended -> {
                inFlight.release();
                out.println(appended.message().room()
                        + " " + appended.message().position().number()
                        + " " + appended.message().id());
                if (flush) {
                    out.flush();
                }
            });
        }
    }

    static final LogLimits KEEPING_ALL =
            new LogLimits(LogLimits.Writes.DEFAULT, LogLimits.Reads.DEFAULT, LogLimits.Retention.UNLIMITED);
}
