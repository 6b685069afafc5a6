package veche.dialect.wamp.codec;

/** Thrown when received data is not a message of the serialization. Has no stack trace. */
public final class DecodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DecodingException(String reason) {
        super(reason, null, false, false);
    }
}
