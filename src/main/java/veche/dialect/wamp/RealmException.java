package veche.dialect.wamp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A WAMP error with its URI. If a procedure throws it, the caller receives it as ERROR. */
public final class RealmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String uri;
    private final transient @Nullable List<@Nullable Object> args;
    private final transient @Nullable Map<String, @Nullable Object> kwargs;

    /** @param text the error's first argument */
    public RealmException(String uri, String text) {
        this(uri, List.of(text), Map.of());
    }

    RealmException(String uri, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
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
    public List<@Nullable Object> args() {
        return args == null ? List.of() : args;
    }

    /** The keyword arguments of the error. */
    public Map<String, @Nullable Object> kwargs() {
        return kwargs == null ? Map.of() : kwargs;
    }
}
