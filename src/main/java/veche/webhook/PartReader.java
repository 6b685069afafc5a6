package veche.webhook;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import veche.log.WebhookStore;
import veche.log.WebhookStore.Part;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.RoomName;

/** Reads the events of parts of streams from the log. Blocking. */
final class PartReader {
    /**
     * The beginning of a part.
     *
     * @param part ends with the last of the events
     * @param request absent if the part has no events
     */
    record Events(Part part, Optional<WebhookRequest> request) {}

    private final MessageLog log;
    private final WebhookSettings settings;
    private final Pattern rooms;

    PartReader(MessageLog log, WebhookSettings settings) {
        this.log = log;
        this.settings = settings;
        this.rooms = Pattern.compile(settings.rooms().stream()
                .map(pattern ->
                        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|")));
    }

    /** Reads the first events of a part, at most as many as a request may contain. */
    Events read(Part part) {
        if (part.id() == WebhookStore.MODERATION) {
            return actions(part);
        }
        boolean announced = part.position() != WebhookStore.UNANNOUNCED;
        return announced || !settings.selection().created() ? messages(part) : created(part);
    }

    private Events created(Part part) {
        List<Message> first = join(log.after(new RoomName(part.room()), 0, 1));
        return new Events(
                until(part, 0),
                first.stream().findFirst().map(message -> WebhookRequest.created(until(part, 0), message)));
    }

    private Events messages(Part part) {
        List<Message> found =
                join(log.after(new RoomName(part.room()), Math.max(0, part.position()), settings.batch())).stream()
                        .filter(message -> message.position().number() <= part.until())
                        .toList();
        if (found.isEmpty()) {
            return new Events(part, Optional.empty());
        }
        Part read = until(part, found.get(found.size() - 1).position().number());
        return new Events(read, Optional.of(WebhookRequest.messages(read, found)));
    }

    private Events actions(Part part) {
        List<ModerationAction> found =
                join(log.stateStore().after(Math.max(0, part.position()), settings.batch())).stream()
                        .filter(action -> action.number() <= part.until())
                        .toList();
        if (found.isEmpty()) {
            return new Events(part, Optional.empty());
        }
        Part read = until(part, found.get(found.size() - 1).number());
        List<ModerationAction> selected =
                found.stream().filter(action -> selects(action.room())).toList();
        return new Events(
                read, selected.isEmpty() ? Optional.empty() : Optional.of(WebhookRequest.actions(read, selected)));
    }

    /** An action in all rooms is always selected. */
    private boolean selects(@Nullable RoomName room) {
        return room == null || rooms.matcher(room.value()).matches();
    }

    private static Part until(Part part, long position) {
        return new Part(part.id(), part.room(), part.position(), position, part.attempts());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
