package veche.web.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.chat.RoomEvents;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;

/** The operations on the messages of one room. Thread-safe. */
final class RoomMessages {
    private static final int DEFAULT_LISTED = 50;

    private final ApiSettings settings;

    RoomMessages(ApiSettings settings) {
        this.settings = settings;
    }

    List<ApiRoute> routes() {
        String messages = "/rooms/{room}/messages";
        String message = messages + "/{id}";
        return List.of(
                new ApiRoute("sendMessage", "POST", messages, this::send),
                new ApiRoute("listMessages", "GET", messages, this::list),
                new ApiRoute("getMessage", "GET", message, RoomMessages::get),
                new ApiRoute("editMessage", "PATCH", message, call -> amend(call, Kind.EDIT)),
                new ApiRoute("deleteMessage", "DELETE", message, call -> amend(call, Kind.DELETE)),
                new ApiRoute("react", "POST", message + "/reactions", call -> amend(call, Kind.REACTION)));
    }

    private CompletionStage<ApiResponse> send(ApiCall call) {
        return append(call, draft(call, call.object(), call.request().key()));
    }

    private static CompletionStage<ApiResponse> append(ApiCall call, Draft draft) {
        return call.session().append(call.room(), draft).thenApply(RoomMessages::response);
    }

    private static ApiResponse response(MessageLog.Appended appended) {
        Message message = appended.message();
        return ApiResponse.json(appended.repeated() ? 200 : 201, listed(message))
                .with("Location", "/api/v1/rooms/" + message.room() + "/messages/" + message.id());
    }

    /** A draft with {@code text}, or with {@code data} in base64 and {@code name}; {@code target} and {@code key}. */
    Draft draft(ApiCall call, Map<String, @Nullable Object> members, @Nullable String key) {
        ByteBuffer data = ApiValues.any(members, "data", String.class)
                .map(RoomMessages::decoded)
                .orElse(null);
        String text = ApiValues.any(members, "text", String.class).orElse(null);
        checkSize(text, data);
        return new Draft(
                call.author(),
                data == null ? Kind.TEXT : Kind.FILE,
                text,
                ApiValues.any(members, "name", String.class).orElse(null),
                data,
                ApiValues.any(members, "target", String.class)
                        .map(ApiValues::id)
                        .orElse(null),
                key != null ? key : ApiValues.any(members, "key", String.class).orElse(null),
                Audience.EVERYONE);
    }

    private static ByteBuffer decoded(String base64) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw ApiValues.invalid("'data' is not base64");
        }
    }

    private void checkSize(@Nullable String text, @Nullable ByteBuffer data) {
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > settings.maxTextBytes()) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "A text has at most " + settings.maxTextBytes() + " bytes of UTF-8");
        }
        if (data != null && data.remaining() > settings.maxFileBytes()) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "A file has at most " + settings.maxFileBytes() + " bytes");
        }
    }

    private CompletionStage<ApiResponse> list(ApiCall call) {
        Map<String, String> parameters = call.request().parameters();
        Optional<Long> before = ApiValues.integer(parameters, "before");
        Optional<Long> after = ApiValues.integer(parameters, "after");
        if (before.isPresent() && after.isPresent()) {
            throw ApiValues.invalid("Only one of 'before' and 'after' may be given");
        }
        long asked = ApiValues.integer(parameters, "limit").orElse((long) DEFAULT_LISTED);
        int limit = (int) Math.max(1, Math.min(asked, settings.maxListed()));
        CompletionStage<List<Message>> messages = after.isPresent()
                ? call.session().after(call.room(), Math.max(0, after.get()), limit)
                : call.session().history(call.room(), before.orElse(Long.MAX_VALUE), limit);
        return messages.thenApply(all -> ApiResponse.json(
                200, Map.of("messages", all.stream().map(RoomMessages::listed).toList())));
    }

    private static CompletionStage<ApiResponse> get(ApiCall call) {
        UUID id = ApiValues.id(call.variable("id"));
        return call.session().message(call.room(), id).thenApply(message -> ApiResponse.json(200, listed(message)));
    }

    private CompletionStage<ApiResponse> amend(ApiCall call, Kind kind) {
        UUID target = ApiValues.id(call.variable("id"));
        String text = kind == Kind.DELETE ? null : ApiValues.required(call.object(), "text", String.class);
        checkSize(text, null);
        Draft change = new Draft(
                call.author(), kind, text, null, target, call.request().key(), Audience.EVERYONE);
        return call.session()
                .amend(call.room(), change)
                .thenApply(message -> ApiResponse.json(kind == Kind.REACTION ? 201 : 200, listed(message)));
    }

    /** A message with the size of its file in place of the content. */
    static Map<String, Object> listed(Message message) {
        Map<String, Object> listed = new LinkedHashMap<>(RoomEvents.dict(message));
        if (listed.remove("data") instanceof ByteBuffer data) {
            listed.put("size", (long) data.remaining());
        }
        return listed;
    }
}
