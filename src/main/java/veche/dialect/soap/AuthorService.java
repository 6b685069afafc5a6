package veche.dialect.soap;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.soap.chat.EraseBody;
import veche.dialect.soap.chat.EraseResponseBody;
import veche.dialect.soap.chat.HoldBody;
import veche.dialect.soap.chat.HoldResponseBody;
import veche.dialect.soap.chat.ReleaseBody;
import veche.dialect.soap.chat.ReleaseResponseBody;
import veche.dialect.soap.chat.RevokeBody;
import veche.dialect.soap.chat.RevokeResponseBody;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.privacy.AuthorData;

/** Executes the operations on the credentials and the data of an author. Thread-safe; no method blocks. */
record AuthorService(AuthorData data) {
    CompletionStage<Reply> revoke(RoomSession moderator, RevokeBody request) {
        ModerationOrder order = order(
                ModerationAction.Type.REVOKE,
                request.getAuthor(),
                null,
                duration(request.getSeconds()),
                request.getReason());
        return moderator
                .revoke(order, request.getJti(), instant(request.getBefore()))
                .thenApply(action -> {
                    RevokeResponseBody response = new RevokeResponseBody();
                    response.setAction(SchemaMapper.entry(action, false));
                    return Reply.of(response);
                });
    }

    CompletionStage<Reply> erase(RoomSession administrator, EraseBody request) {
        String author = request.getAuthor();
        return data.erase(administrator, author, reason(request.getReason())).thenApply(count -> {
            EraseResponseBody response = new EraseResponseBody();
            response.setAuthor(author);
            response.setMessages(count);
            return Reply.of(response);
        });
    }

    CompletionStage<Reply> hold(RoomSession administrator, HoldBody request) {
        Duration lasting = duration(request.getSeconds());
        return administrator
                .rule(order(
                        ModerationAction.Type.HOLD,
                        request.getAuthor(),
                        request.getRoom(),
                        lasting,
                        request.getReason()))
                .thenApply(action -> {
                    HoldResponseBody response = new HoldResponseBody();
                    response.setAction(SchemaMapper.entry(action, false));
                    return Reply.of(response);
                });
    }

    CompletionStage<Reply> release(RoomSession administrator, ReleaseBody request) {
        return administrator
                .rule(order(
                        ModerationAction.Type.RELEASE,
                        request.getAuthor(),
                        request.getRoom(),
                        null,
                        request.getReason()))
                .thenApply(action -> {
                    ReleaseResponseBody response = new ReleaseResponseBody();
                    response.setAction(SchemaMapper.entry(action, false));
                    return Reply.of(response);
                });
    }

    private static ModerationOrder order(
            ModerationAction.Type type,
            @Nullable String author,
            @Nullable String room,
            @Nullable Duration lasting,
            @Nullable String reason) {
        return ModerationOrder.author(
                type,
                Objects.requireNonNullElse(author, ""),
                room == null ? null : new RoomName(room),
                lasting,
                reason(reason));
    }

    private static @Nullable Duration duration(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RefusedException(RefusedException.Reason.INVALID, "before is not a time in UTC");
        }
    }

    private static String reason(@Nullable String reason) {
        return Objects.requireNonNullElse(reason, "");
    }
}
