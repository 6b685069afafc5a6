package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import veche.dialect.Failures;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Session;
import veche.identity.InvalidTokenException;
import veche.identity.Tokens;
import veche.room.ModerationAction;
import veche.room.ModerationOrder;
import veche.room.RoomName;
import veche.room.User;
import veche.room.access.Capabilities;
import veche.room.access.NameRange;

/** The procedures that replace the token of an open session and revoke the credentials of an author. Thread-safe. */
final class TokenProcedures {
    private final Tokens tokens;
    private final Consumer<Session> onRenewal;

    /** @param onRenewal ends what a session is no longer permitted by its renewed token */
    TokenProcedures(Tokens tokens, Consumer<Session> onRenewal) {
        this.tokens = tokens;
        this.onRenewal = onRenewal;
    }

    void offerTo(Offers offers) {
        offers.offer("veche.refresh", (caller, payload) -> refresh(caller, new Arguments(payload)));
        offers.offer("veche.revoke", (caller, payload) -> revoke(caller, new Arguments(payload)));
    }

    /**
     * (author, seconds, reason; by keyword jti, before): revokes the author's token of this id, those issued before a
     * time, or by default everything issued until now, for a number of seconds or without end; returns the action.
     */
    private static CompletionStage<Payload> revoke(Session caller, Arguments arguments) {
        ModerationOrder order = ModerationOrder.author(
                ModerationAction.Type.REVOKE,
                arguments.required(0, "author", String.class),
                null,
                ModerationProcedures.seconds(arguments, 1),
                arguments.any(2, "reason", String.class).orElse(""));
        return ChatSession.rooms(caller)
                .revoke(
                        order,
                        arguments.keyword("jti", String.class).orElse(null),
                        arguments.time("before").orElse(null))
                .thenApply(action -> Payload.of(ModerationActions.dict(action)));
    }

    /**
     * (token): replaces the caller's token by another one of the same subject; returns {@code expires}, the
     * {@code rooms} to which access is limited, null for all, and the {@code caps} of the token, if it has any.
     */
    private CompletionStage<Payload> refresh(Session caller, Arguments arguments) {
        String token = arguments.required(0, "token", String.class);
        if (!caller.isListed()) {
            throw new WampErrorException(Uri.NOT_AUTHORIZED, "A token is renewed only by the session that it opened");
        }
        User user = verified(token);
        ChatSession.renew(caller, user);
        onRenewal.accept(caller);
        Map<String, Object> renewed = new LinkedHashMap<>();
        renewed.put("expires", user.expires().map(RoomEvents::time).orElse(null));
        renewed.put(
                "rooms",
                user.rooms()
                        .map(rooms ->
                                rooms.stream().map(RoomName::value).sorted().toList())
                        .orElse(null));
        RoomEvents.putIfAny(
                renewed, "caps", user.capabilities().map(TokenProcedures::list).orElse(null));
        return CompletableFuture.completedFuture(Payload.of(renewed));
    }

    private static List<Map<String, Object>> list(Capabilities capabilities) {
        return capabilities.entries().stream()
                .map(entry -> Map.<String, Object>of(
                        "rooms",
                        entry.rooms().stream().map(NameRange::toString).toList(),
                        "may",
                        RoomProcedures.wireNames(entry.privileges()),
                        "rank",
                        (long) entry.rank()))
                .toList();
    }

    private User verified(String token) {
        try {
            return tokens.user(token);
        } catch (InvalidTokenException e) {
            throw new WampErrorException(Uri.AUTHENTICATION_DENIED, Failures.message(e));
        }
    }
}
