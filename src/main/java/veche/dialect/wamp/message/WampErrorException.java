package veche.dialect.wamp.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;

/** Signals that a request failed; sent to the peer as ERROR. Has no stack trace. */
public final class WampErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Payload payload;
    private final String uri;

    /** @param text one sentence, sent as the first argument */
    public WampErrorException(String uri, String text) {
        this(uri, Payload.of(text), text);
    }

    /** @param details the keyword arguments */
    public WampErrorException(String uri, String text, Map<String, @Nullable Object> details) {
        this(uri, new Payload(List.of(text), details), text);
    }

    /** Forwards the error payload of a callee. */
    public WampErrorException(String uri, Payload payload) {
        this(uri, payload, uri);
    }

    private WampErrorException(String uri, Payload payload, String text) {
        super(text, null, false, false);
        this.uri = uri;
        this.payload = payload;
    }

    /** The error URI. */
    public String uri() {
        return uri;
    }

    /** The arguments of the ERROR. */
    public Payload payload() {
        return payload == null ? Payload.of(Failures.message(this)) : payload;
    }
}
