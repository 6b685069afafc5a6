package veche.dialect.wamp.v2;

import java.time.Duration;

/**
 * How WAMP v2 is spoken.
 *
 * @param realm the realm that HELLO may name
 * @param strictUris whether URIs have components of {@code [0-9a-z_]} only
 * @param strictIds whether request ids must count up by one; otherwise any that is not pending is accepted
 * @param helloTimeout how long a client may take to send HELLO and to prove who it is
 * @param goodbyeTimeout how long a client that is asked to leave may take to answer
 */
public record V2Settings(
        String realm, boolean strictUris, boolean strictIds, Duration helloTimeout, Duration goodbyeTimeout) {}
