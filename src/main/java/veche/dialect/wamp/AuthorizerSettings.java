package veche.dialect.wamp;

import java.time.Duration;

/**
 * Settings of the procedure that authorizes sessions.
 *
 * @param procedure {@code veche.wamp.authorizer}: the procedure
 * @param timeout {@code veche.wamp.authorizer.timeout}: how long it may take
 * @param ttl {@code veche.wamp.authorizer.ttl}: how long a decision without {@code cache} is valid
 */
public record AuthorizerSettings(String procedure, Duration timeout, Duration ttl) {}
