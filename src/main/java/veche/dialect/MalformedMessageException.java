package veche.dialect;

/**
 * Signals a message that does not conform to the dialect; the connection is closed with the code. Has no stack trace.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;

    /** @param reason the close reason for the client, at most 123 bytes of UTF-8 */
    public MalformedMessageException(CloseCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** The close code. */
    public CloseCode code() {
        return code;
    }
}
