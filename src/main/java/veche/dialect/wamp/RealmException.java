package veche.dialect.wamp;

import java.util.List;
import java.util.Map;

/** A WAMP error with its URI. If a procedure throws it, the caller receives it as ERROR. */
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

    /** The error URI. */
    public String uri() {
        return uri;
    }

    /** The positional arguments of the error. */
    public List<Object> args() {
        return args == null ? List.of() : args;
    }

    /** The keyword arguments of the error. */
    public Map<String, Object> kwargs() {
        return kwargs == null ? Map.of() : kwargs;
    }
}
