package veche.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * Fills a small disk with messages until one is rejected, reads, frees space, and appends again; prints each step.
 * Argument: a directory on that disk.
 */
final class FullDiskMain {
    private static final RoomName ROOM = new RoomName("room");

    private FullDiskMain() {}

    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        Path ballast = Files.write(disk.resolve("ballast"), new byte[1 << 20]);
        try (MessageLog log = Logs.sqlite(disk.resolve("data"), AppendingMain.KEEPING_ALL)) {
            RecordingListener listener = new RecordingListener();
            log.listen(listener);
            log.open(ROOM).toCompletableFuture().join();
            long acknowledged = 0;
            try {
                for (; acknowledged < 100_000; acknowledged++) {
                    append(log);
                }
            } catch (CompletionException e) {
                System.out.println("refused " + ((RefusedException) e.getCause()).reason());
            }
            long kept = log.before(ROOM, Long.MAX_VALUE, 1)
                    .toCompletableFuture()
                    .join()
                    .get(0)
                    .position()
                    .number();
            System.out.println("read " + (kept >= acknowledged && acknowledged > 100));
            Files.delete(ballast);
            long next = append(log);
            System.out.println("recovered " + (next == kept + 1 && listener.appended.size() == next));
        }
    }

    private static long append(MessageLog log) {
        Draft draft = Draft.text(new Author("user:anna", "Anna"), "x".repeat(1_000));
        CompletableFuture<MessageLog.Appended> appended =
                log.append(ROOM, draft).toCompletableFuture();
        return appended.join().message().position().number();
    }
}
