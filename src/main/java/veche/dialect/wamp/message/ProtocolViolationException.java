package veche.dialect.wamp.message;

/** The peer broke the protocol: answered with ABORT {@code wamp.error.protocol_violation}. Carries no stack trace. */
public final class ProtocolViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what a sentence for the peer's developer */
    public ProtocolViolationException(String what) {
        super(what, null, false, false);
    }
}
