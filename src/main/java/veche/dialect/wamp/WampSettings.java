package veche.dialect.wamp;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import veche.dialect.wamp.chat.ChatLimits;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.router.RouterLimits;
import veche.dialect.wamp.router.UriAction;

/**
 * Configuration of the WAMP dialects.
 *
 * @param realm the name of the realm, which HELLO must specify
 * @param strictUris whether URIs of v2 clients are checked strictly (components of {@code [0-9a-z_]} only) or loosely
 * @param strictIds whether request IDs of v2 clients must be sequential; otherwise any ID that is not pending is
 *     accepted
 * @param helloTimeout how long a client may take to send HELLO and authenticate
 * @param goodbyeTimeout how long a client may take to reply to GOODBYE
 * @param administrators the authroles that may close the sessions of other clients
 * @param guests the actions permitted to guests; authenticated users may perform all
 * @param limits the resource limits of a session
 * @param chat the resource limits of the chat procedures
 * @param reading the limits for decoding a message
 * @param authorizer the procedure that authorizes sessions; empty for none
 */
public record WampSettings(
        String realm,
        boolean strictUris,
        boolean strictIds,
        Duration helloTimeout,
        Duration goodbyeTimeout,
        Set<String> administrators,
        Set<UriAction> guests,
        RouterLimits limits,
        ChatLimits chat,
        DecodingLimits reading,
        Optional<AuthorizerSettings> authorizer) {
    /**
     * Realm {@code veche}, loose URIs, non-sequential request IDs, timeouts of 10 s and 5 s, role {@code admin},
     * guests that neither register procedures nor use the meta APIs, default limits.
     */
    public static final WampSettings DEFAULT = new WampSettings(
            "veche",
            false,
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Set.of("admin"),
            Set.of(UriAction.SUBSCRIBE, UriAction.PUBLISH, UriAction.CALL),
            RouterLimits.DEFAULT,
            ChatLimits.DEFAULT,
            DecodingLimits.DEFAULT,
            Optional.empty());
}
