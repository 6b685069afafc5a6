package veche.identity;

/** Signals that a token is not accepted: {@code invalid_token} (RFC 6750 §3.1). Carries no stack trace. */
public final class InvalidTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the client; must not disclose details of keys */
    public InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
