package veche.dialect;

/** What the client said is not this dialect; the connection is closed with the code. Carries no stack trace. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseCode code;

    /** @param reason a sentence for the client, at most 123 bytes of UTF-8 */
    public MalformedMessageException(CloseCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** What to close with. */
    public CloseCode code() {
        return code;
    }
}
