package veche.identity;

/** Signals that a token is not accepted: {@code invalid_token} (RFC 6750 §3.1). Carries no stack trace. */
public final class InvalidTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** It becomes a header field, whose size containers limit; a library quotes values of the token in full. */
    private static final int MAX_MESSAGE = 200;

    private final boolean expired;

    /**
     * Creates an exception.
     *
     * @param message one sentence for the client, cut after 200 characters; must not disclose details of keys
     */
    public InvalidTokenException(String message) {
        this(message, false);
    }

    InvalidTokenException(String message, boolean expired) {
        super(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE), null, false, false);
        this.expired = expired;
    }

    /** Whether the token is authentic and has expired, so that its use is no attempt to guess one. */
    public boolean expired() {
        return expired;
    }
}
