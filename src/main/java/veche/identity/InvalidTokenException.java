package veche.identity;

/** Why a token is not taken: {@code invalid_token} (RFC 6750 §3.1). Carries no stack trace. */
public final class InvalidTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for whoever presents it; says nothing of keys */
    public InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
