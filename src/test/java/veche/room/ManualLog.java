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

/**
 * A log in memory that does nothing until told: {@link #commit()} plays the writer thread, one batch a call. With
 * {@link #immediately} each call is done at once. Reads wait for {@link #commit()} too.
 */
public final class ManualLog implements MessageLog {
    /** What every room of it has. */
    public static final String EPOCH = "epoch-1";

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
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
    private volatile boolean answersNothing;

    /** A log that does each thing as soon as it is asked. */
    public static ManualLog immediate() {
        ManualLog log = new ManualLog();
        log.immediately = true;
        return log;
    }

    /** From now on reads fail with this, or, with null, no longer. */
    public void failReads(RefusedException refusal) {
        readsFail = refusal;
    }

    /** From now on writes fail with this, or, with null, no longer. */
    public void failWrites(RefusedException refusal) {
        writesFail = refusal;
    }

    /** From now on rooms are opened with nothing, as by a log with a fault, or, with false, no longer. */
    void answerNothing(boolean nothing) {
        answersNothing = nothing;
    }

    /** Does everything that waits; false where nothing did. */
    public boolean commit() {
        boolean any = false;
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
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
        waiting.add(task);
        if (immediately) {
            commit();
        }
        return stage;
    }

    private <T> CompletionStage<T> read(Supplier<T> asked) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        return later(stage, () -> {
            flush();
            RefusedException refusal = readsFail;
            if (refusal != null) {
                stage.completeExceptionally(refusal);
            } else {
                stage.complete(asked.get());
            }
        });
    }

    @Override
    public void listen(Listener hears) {
        listener = hears;
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
                    answersNothing
                            ? null
                            : new Extent(EPOCH, first(room), messages(room).size()));
        });
    }

    @Override
    public void release(RoomName room) {
        released.incrementAndGet();
    }

    /** How many rooms were released. */
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

    /** What a draft becomes at a position. */
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

    /** All that was ever appended, those that retention took too. */
    public List<Message> messages(RoomName room) {
        return kept.computeIfAbsent(room, name -> new CopyOnWriteArrayList<>());
    }

    private long first(RoomName room) {
        return firsts.getOrDefault(room, 1L);
    }

    /** Takes what lies before {@code first} out of reach, as retention does. */
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
