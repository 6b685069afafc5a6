package veche.dialect.wamp.codec;

/** Thrown when a serialization cannot represent a value of another one. Has no stack trace. */
public final class UnmappableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmappableException(String reason) {
        super(reason, null, false, false);
    }
}
