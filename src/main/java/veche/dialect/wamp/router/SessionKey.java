package veche.dialect.wamp.router;

import java.util.function.Supplier;

/**
 * The key of a value that the router, or code outside it, stores for each session: see {@link Session#get}. Compared by
 * identity.
 *
 * @param <T> the type of the value, which must be thread-safe
 */
public final class SessionKey<T> {
    private final Supplier<T> initial;

    private SessionKey(Supplier<T> initial) {
        this.initial = initial;
    }

    /** Returns a key whose value is created at the first access. */
    public static <T> SessionKey<T> of(Supplier<T> initial) {
        return new SessionKey<>(initial);
    }

    T create() {
        return initial.get();
    }
}
