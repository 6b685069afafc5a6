package veche.dialect.wamp;

import java.time.Duration;
import java.util.Set;
import veche.dialect.wamp.chat.ChatLimits;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.router.RouterLimits;

/**
 * How WAMP is spoken here.
 *
 * @param realm the realm's name, which HELLO must give
 * @param strictUris whether clients of v2 may use components of {@code [0-9a-z_]} only; loose otherwise
 * @param strictIds whether request ids of v2 must count up by one; otherwise any that is not pending is accepted
 * @param helloTimeout how long a client may take to send HELLO and prove who it is
 * @param goodbyeTimeout how long a client that is asked to leave may take to answer
 * @param administrators the authroles that may end the sessions of others
 * @param limits what one session may cost
 * @param chat what the procedures of rooms may cost
 * @param reading what one message may cost to read
 */
public record WampSettings(
        String realm,
        boolean strictUris,
        boolean strictIds,
        Duration helloTimeout,
        Duration goodbyeTimeout,
        Set<String> administrators,
        RouterLimits limits,
        ChatLimits chat,
        DecodingLimits reading) {
    /** Realm {@code veche}, loose URIs, any request ids, 10 s and 5 s, role {@code admin}, default limits. */
    public static final WampSettings DEFAULT = new WampSettings(
            "veche",
            false,
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Set.of("admin"),
            RouterLimits.DEFAULT,
            ChatLimits.DEFAULT,
            DecodingLimits.DEFAULT);
}
