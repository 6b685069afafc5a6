package veche.dialect.wamp.message;

/** The peer violated the protocol. Answered with ABORT {@code wamp.error.protocol_violation}. Has no stack trace. */
public final class ProtocolViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param description one sentence for the developer of the peer */
    public ProtocolViolationException(String description) {
        super(description, null, false, false);
    }
}
