package veche.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import veche.room.MessageLog.Extent;

/**
 * An in-memory log that processes reads and writes only in {@link #commit()}, one batch per call, in place of a writer
 * thread. An {@linkplain #immediate() immediate} log processes each call at once.
 */
public final class ManualLog implements MessageLog {
    /** The epoch of every room. */
    public static final String EPOCH = "epoch-1";

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
    private final Map<RoomName, List<Message>> kept = new ConcurrentHashMap<>();
    private final Map<RoomName, Long> firsts = new ConcurrentHashMap<>();
    private final Map<String, Message> keys = new HashMap<>();
    private final List<Runnable> batchDone = new ArrayList<>();
    private final List<Appended> batch = new ArrayList<>();
    private final AtomicInteger released = new AtomicInteger();
    private Listener listener;
    private boolean immediately;
    private volatile RefusedException readsFail;
    private volatile RefusedException writesFail;
    private volatile boolean opensWithNull;

    /** A log that processes each call at once. */
    public static ManualLog immediate() {
        ManualLog log = new ManualLog();
        log.immediately = true;
        return log;
    }

    /** From now on reads fail with this exception, or succeed if it is null. */
    public void failReads(RefusedException refusal) {
        readsFail = refusal;
    }

    /** From now on writes fail with this exception, or succeed if it is null. */
    public void failWrites(RefusedException refusal) {
        writesFail = refusal;
    }

    /** Determines whether {@link #open} completes with null, as a faulty log would. */
    void returnNullOnOpen(boolean isNull) {
        opensWithNull = isNull;
    }

    /** Processes all pending calls and returns whether there were any. */
    public boolean commit() {
        boolean any = false;
        for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
            next.run();
            any = true;
        }
        flush();
        return any;
    }

    private void flush() {
        if (!batch.isEmpty()) {
            List<Appended> committed = List.copyOf(batch);
            batch.clear();
            listener.committed(committed);
        }
        List<Runnable> stages = List.copyOf(batchDone);
        batchDone.clear();
        stages.forEach(Runnable::run);
    }

    private <T> CompletionStage<T> later(CompletableFuture<T> stage, Runnable task) {
        pending.add(task);
        if (immediately) {
            commit();
        }
        return stage;
    }

    private <T> CompletionStage<T> read(Supplier<T> query) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        return later(stage, () -> {
            flush();
            RefusedException refusal = readsFail;
            if (refusal != null) {
                stage.completeExceptionally(refusal);
            } else {
                stage.complete(query.get());
            }
        });
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<Extent> open(RoomName room) {
        CompletableFuture<Extent> stage = new CompletableFuture<>();
        return later(stage, () -> {
            if (writesFail != null) {
                stage.completeExceptionally(writesFail);
                return;
            }
            flush();
            stage.complete(
                    opensWithNull
                            ? null
                            : new Extent(EPOCH, first(room), messages(room).size()));
        });
    }

    @Override
    public void release(RoomName room) {
        released.incrementAndGet();
    }

    /** The number of released rooms. */
    int released() {
        return released.get();
    }

    @Override
    public CompletionStage<Appended> append(RoomName room, Draft draft) {
        CompletableFuture<Appended> stage = new CompletableFuture<>();
        return later(stage, () -> {
            if (writesFail != null) {
                stage.completeExceptionally(writesFail);
                return;
            }
            Appended appended = add(room, draft);
            batch.add(appended);
            batchDone.add(() -> stage.complete(appended));
        });
    }

    private Appended add(RoomName room, Draft draft) {
        String key = draft.key() == null ? null : draft.author().id() + "/" + draft.key();
        Message known = key == null ? null : keys.get(key);
        if (known != null) {
            return new Appended(known, draft, true);
        }
        List<Message> messages = messages(room);
        Message message = message(room, messages.size() + 1, draft);
        messages.add(message);
        if (key != null) {
            keys.put(key, message);
        }
        return new Appended(message, draft, false);
    }

    /** The message that a draft becomes at a position. */
    public static Message message(RoomName room, long position, Draft draft) {
        return new Message(
                UUID.randomUUID(),
                room,
                new Position(EPOCH, position),
                NOON.plusMillis(position),
                draft.author(),
                draft.kind(),
                draft.text(),
                draft.name(),
                draft.data(),
                draft.target(),
                draft.key());
    }

    /** All messages ever appended, including trimmed ones. */
    public List<Message> messages(RoomName room) {
        return kept.computeIfAbsent(room, name -> new CopyOnWriteArrayList<>());
    }

    private long first(RoomName room) {
        return firsts.getOrDefault(room, 1L);
    }

    /** Makes messages before {@code first} unreadable, as retention does. */
    public void trim(RoomName room, long first) {
        firsts.put(room, first);
        listener.trimmed(room, first);
    }

    @Override
    public CompletionStage<List<Message>> after(RoomName room, long position, int limit) {
        return read(() -> messages(room).stream()
                .filter(message -> message.position().number() > position)
                .filter(message -> message.position().number() >= first(room))
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<List<Message>> before(RoomName room, long position, int limit) {
        return read(() -> {
            List<Message> all = messages(room).stream()
                    .filter(message -> message.position().number() < position)
                    .toList();
            return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
        });
    }

    @Override
    public CompletionStage<Optional<Message>> find(RoomName room, UUID id) {
        return read(() -> messages(room).stream()
                .filter(message -> message.id().equals(id))
                .findFirst());
    }

    @Override
    public CompletionStage<List<RoomName>> rooms() {
        return read(() -> kept.entrySet().stream()
                .filter(room -> !room.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
    }

    @Override
    public void close() {
        commit();
    }
}
