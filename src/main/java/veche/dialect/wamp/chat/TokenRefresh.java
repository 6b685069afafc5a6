package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.Failures;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Session;
import veche.identity.InvalidTokenException;
import veche.identity.Tokens;
import veche.room.RoomName;
import veche.room.User;

/** The procedure {@code veche.refresh}, which replaces the token of an open session. Thread-safe. */
final class TokenRefresh {
    private final Tokens tokens;

    TokenRefresh(Tokens tokens) {
        this.tokens = tokens;
    }

    void offerTo(Offers offers) {
        offers.offer("veche.refresh", (caller, payload) -> refresh(caller, new Arguments(payload)));
    }

    /**
     * (token): replaces the caller's token by another one of the same subject; returns {@code expires} and the
     * {@code rooms} to which access is limited, null for all.
     */
    private CompletionStage<Payload> refresh(Session caller, Arguments arguments) {
        String token = arguments.required(0, "token", String.class);
        if (!caller.isListed()) {
            throw new WampErrorException(Uri.NOT_AUTHORIZED, "A token is renewed only by the session that it opened");
        }
        User user = verified(token);
        ChatSession.renew(caller, user);
        Map<String, Object> renewed = new LinkedHashMap<>();
        renewed.put("expires", user.expires().map(RoomEvents::time).orElse(null));
        renewed.put(
                "rooms",
                user.rooms()
                        .map(rooms ->
                                rooms.stream().map(RoomName::value).sorted().toList())
                        .orElse(null));
        return CompletableFuture.completedFuture(Payload.of(renewed));
    }

    private User verified(String token) {
        try {
            return tokens.user(token);
        } catch (InvalidTokenException e) {
            throw new WampErrorException(Uri.AUTHENTICATION_DENIED, Failures.message(e));
        }
    }
}
