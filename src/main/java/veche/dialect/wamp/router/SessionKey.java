package veche.dialect.wamp.router;

import java.util.function.Supplier;

/**
 * What one part of the router, or code beside it, keeps for each session: see {@link Session#get}. Compared by identity.
 *
 * @param <T> the type of what is kept, which must be thread-safe
 */
public final class SessionKey<T> {
    private final Supplier<T> initial;

    private SessionKey(Supplier<T> initial) {
        this.initial = initial;
    }

    /** A key whose value is created at the first access. */
    public static <T> SessionKey<T> of(Supplier<T> initial) {
        return new SessionKey<>(initial);
    }

    T create() {
        return initial.get();
    }
}
