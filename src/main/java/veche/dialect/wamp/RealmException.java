package veche.dialect.wamp;

import java.util.List;
import java.util.Map;

/** An error, with its URI. Thrown by a procedure it becomes the caller's error. */
public final class RealmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String uri;
    private final transient List<Object> args;
    private final transient Map<String, Object> kwargs;

    /** @param text the error's first argument */
    public RealmException(String uri, String text) {
        this(uri, List.of(text), Map.of());
    }

    RealmException(String uri, List<Object> args, Map<String, Object> kwargs) {
        super(args.isEmpty() ? uri : uri + ": " + args.get(0));
        this.uri = uri;
        this.args = args;
        this.kwargs = kwargs;
    }

    /** What went wrong. */
    public String uri() {
        return uri;
    }

    /** What the error carries. */
    public List<Object> args() {
        return args == null ? List.of() : args;
    }

    /** What the error carries by keyword. */
    public Map<String, Object> kwargs() {
        return kwargs == null ? Map.of() : kwargs;
    }
}
