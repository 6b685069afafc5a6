package veche.dialect.wamp.codec;

/** What came is not a message of this serialization. Carries no stack trace. */
public final class DecodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DecodingException(String reason) {
        super(reason, null, false, false);
    }
}
