package veche.dialect.soap;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.soap.chat.EraseBody;
import veche.dialect.soap.chat.EraseResponseBody;
import veche.dialect.soap.chat.RevokeBody;
import veche.dialect.soap.chat.RevokeResponseBody;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.RefusedException;
import veche.room.RoomSession;
import veche.room.privacy.AuthorData;

/** Executes the operations on the credentials and the data of an author. Thread-safe; no method blocks. */
record AuthorService(AuthorData data) {
    CompletionStage<Reply> revoke(RoomSession moderator, RevokeBody request) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.REVOKE,
                request.getAuthor(),
                null,
                ModerationService.seconds(request.getSeconds()),
                ModerationService.orEmpty(request.getReason()));
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
        return data.erase(administrator, author, ModerationService.orEmpty(request.getReason()))
                .thenApply(count -> {
                    EraseResponseBody response = new EraseResponseBody();
                    response.setAuthor(author);
                    response.setMessages(count);
                    return Reply.of(response);
                });
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RefusedException(RefusedException.Reason.INVALID, "before is not a time in UTC");
        }
    }
}
