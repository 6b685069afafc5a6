package veche.web.api;

import java.time.Duration;

/**
 * The limits of the HTTP API.
 *
 * @param maxBodyBytes {@code veche.api.max-body-bytes}: the maximum size of the body of a request
 * @param timeout {@code veche.api.timeout}: how long a request may take, with its body and its response
 * @param maxTextBytes {@code veche.max-text-bytes}: the maximum size of a text in UTF-8
 * @param maxFileBytes {@code veche.max-binary-bytes}: the maximum size of a file
 * @param maxListed {@code veche.wamp.max-history}: the maximum number of messages in a response
 */
public record ApiSettings(int maxBodyBytes, Duration timeout, int maxTextBytes, int maxFileBytes, int maxListed) {}
