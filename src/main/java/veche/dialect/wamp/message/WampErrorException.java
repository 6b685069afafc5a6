package veche.dialect.wamp.message;

import java.util.List;
import java.util.Map;

/** An ERROR to be: the answer "no" to one request. Carries no stack trace. */
public final class WampErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Payload payload;
    private final String uri;

    /** @param text one sentence, sent as the first argument */
    public WampErrorException(String uri, String text) {
        this(uri, Payload.of(text), text);
    }

    /** @param details the keyword arguments beside the sentence */
    public WampErrorException(String uri, String text, Map<String, Object> details) {
        this(uri, new Payload(List.of(text), details), text);
    }

    /** With all that a callee said. */
    public WampErrorException(String uri, Payload payload) {
        this(uri, payload, uri);
    }

    private WampErrorException(String uri, Payload payload, String text) {
        super(text, null, false, false);
        this.uri = uri;
        this.payload = payload;
    }

    /** The error's URI. */
    public String uri() {
        return uri;
    }

    /** What goes with it. */
    public Payload payload() {
        return payload == null ? Payload.of(getMessage()) : payload;
    }
}
