package veche.dialect.wamp.v2;

import java.time.Duration;

/**
 * Configuration of WAMP v2.
 *
 * @param realm the name of the realm, which HELLO must specify
 * @param strictUris whether URIs are checked strictly (components of {@code [0-9a-z_]} only) or loosely
 * @param strictIds whether request IDs must be sequential; otherwise any ID that is not pending is accepted
 * @param helloTimeout how long a client may take to send HELLO and authenticate
 * @param goodbyeTimeout how long a client may take to reply to GOODBYE
 */
public record V2Settings(
        String realm, boolean strictUris, boolean strictIds, Duration helloTimeout, Duration goodbyeTimeout) {}
