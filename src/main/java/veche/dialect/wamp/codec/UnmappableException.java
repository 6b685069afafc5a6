package veche.dialect.wamp.codec;

/** A value of one serialization that another cannot represent. Carries no stack trace. */
public final class UnmappableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmappableException(String reason) {
        super(reason, null, false, false);
    }
}
