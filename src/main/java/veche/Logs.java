package veche;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.*;
import veche.room.*;

final class Logs {
    static MessageLog open(Settings settings) {
        return new Mem();
    }

    static final class Mem implements MessageLog {
        final ExecutorService writer = Executors.newSingleThreadExecutor(r -> {
            Thread t = new Thread(r, "veche-log");
            t.setDaemon(true);
            return t;
        });
        final Map<RoomName, List<Message>> rooms = new ConcurrentHashMap<>();
        final String epoch = UUID.randomUUID().toString();
        Listener listener;

        public void listen(Listener l) {
            listener = l;
        }

        public CompletionStage<Extent> open(RoomName room) {
            return CompletableFuture.supplyAsync(
                    () -> new Extent(
                            epoch,
                            1,
                            rooms.computeIfAbsent(room, r -> new CopyOnWriteArrayList<>())
                                    .size()),
                    writer);
        }

        public CompletionStage<Appended> append(RoomName room, Draft d) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        List<Message> all =
                                rooms.computeIfAbsent(room, r -> Collections.synchronizedList(new ArrayList<>()));
                        Message m = new Message(
                                UUID.randomUUID(),
                                room,
                                new Position(epoch, all.size() + 1),
                                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                                d.author(),
                                d.kind(),
                                d.text(),
                                d.data(),
                                d.target(),
                                d.key());
                        all.add(m);
                        Appended a = new Appended(m, d, false);
                        listener.committed(List.of(a));
                        return a;
                    },
                    writer);
        }

        public CompletionStage<List<Message>> after(RoomName room, long p, int limit) {
            return CompletableFuture.supplyAsync(
                    () -> rooms.get(room).stream().skip(p).limit(limit).toList(), writer);
        }

        public CompletionStage<List<Message>> before(RoomName room, long p, int limit) {
            return CompletableFuture.completedStage(List.of());
        }

        public CompletionStage<Optional<Message>> find(RoomName room, UUID id) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        public CompletionStage<List<RoomName>> rooms() {
            return CompletableFuture.completedStage(List.copyOf(rooms.keySet()));
        }

        public void close() {
            writer.shutdown();
        }
    }
}
