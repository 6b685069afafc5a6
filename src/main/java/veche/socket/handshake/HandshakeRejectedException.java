package veche.socket.handshake;

import java.util.Map;

/** Thrown when an opening handshake is rejected. Has no stack trace. */
public final class HandshakeRejectedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;

    HandshakeRejectedException(int status, String message, Map<String, String> headers) {
        this(new Rejection(status, message, headers));
    }

    HandshakeRejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    /** The response to the client. */
    public Rejection rejection() {
        return rejection;
    }
}
