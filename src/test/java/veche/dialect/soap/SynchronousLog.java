package veche.dialect.soap;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Extent;
import veche.room.Position;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomStateStore;

/** An in-memory log that commits at once, on the caller's thread, or on {@link #resume} after {@link #hold}. */
final class SynchronousLog implements MessageLog {
    static final String EPOCH = "epoch-1";

    private final Map<RoomName, List<Message>> rooms = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private final MessageLog stateLog = Logs.memory(LogLimits.DEFAULT);
    private Listener listener;
    private boolean holding;
    private RefusedException.Reason refusal;

    @Override
    public RoomStateStore stateStore() {
        return stateLog.stateStore();
    }

    void hold() {
        holding = true;
    }

    void resume() {
        holding = false;
        List.copyOf(held).forEach(Runnable::run);
        held.clear();
    }

    void refuse(RefusedException.Reason reason) {
        refusal = reason;
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<Extent> open(RoomName room) {
        CompletableFuture<Extent> opened = new CompletableFuture<>();
        whenResumed(() -> {
            List<Message> messages = rooms.computeIfAbsent(room, name -> new ArrayList<>());
            opened.complete(new Extent(EPOCH, 1, messages.size()));
        });
        return opened;
    }

    private void whenResumed(Runnable step) {
        if (holding) {
            held.add(step);
        } else {
            step.run();
        }
    }

    @Override
    public CompletionStage<Appended> append(RoomName room, Draft draft) {
        if (refusal != null) {
            return CompletableFuture.failedFuture(new RefusedException(refusal, "Refused by the test"));
        }
        CompletableFuture<Appended> appended = new CompletableFuture<>();
        whenResumed(() -> appended.complete(commit(room, draft)));
        return appended;
    }

    private Appended commit(RoomName room, Draft draft) {
        List<Message> messages = rooms.computeIfAbsent(room, name -> new ArrayList<>());
        Optional<Message> first = messages.stream()
                .filter(earlier -> draft.key() != null
                        && draft.key().equals(earlier.key())
                        && draft.author().id().equals(earlier.author().id()))
                .findFirst();
        Appended outcome = first.map(earlier -> new Appended(earlier, draft, true))
                .orElseGet(() -> new Appended(message(room, draft, messages.size() + 1), draft, false));
        if (!outcome.repeated()) {
            messages.add(outcome.message());
        }
        listener.committed(List.of(outcome));
        return outcome;
    }

    private static Message message(RoomName room, Draft draft, long position) {
        Author author = draft.author();
        return new Message(
                UUID.randomUUID(),
                room,
                new Position(EPOCH, position),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                author,
                draft.kind(),
                draft.text(),
                draft.name(),
                draft.data(),
                draft.target(),
                draft.key());
    }

    @Override
    public CompletionStage<Void> erase(RoomName room, String author) {
        messages(room).replaceAll(message -> message.author().id().equals(author) ? message.erased() : message);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<Message>> after(RoomName room, long position, int limit) {
        return CompletableFuture.completedFuture(messages(room).stream()
                .filter(message -> message.position().number() > position)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<List<Message>> before(RoomName room, long position, int limit) {
        List<Message> earlier = messages(room).stream()
                .filter(message -> message.position().number() < position)
                .toList();
        return CompletableFuture.completedFuture(earlier.subList(Math.max(0, earlier.size() - limit), earlier.size()));
    }

    @Override
    public CompletionStage<Optional<Message>> find(RoomName room, UUID id) {
        return CompletableFuture.completedFuture(messages(room).stream()
                .filter(message -> message.id().equals(id))
                .findFirst());
    }

    @Override
    public CompletionStage<List<RoomName>> rooms() {
        return CompletableFuture.completedFuture(List.copyOf(rooms.keySet()));
    }

    private List<Message> messages(RoomName room) {
        return rooms.getOrDefault(room, List.of());
    }

    @Override
    public void close() {}
}
