package veche.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Limits the rate of failed logins per client address. A login takes a permit while it is verified, and returns it
 * unless it fails, so that concurrent guesses do not exceed the rate. Thread-safe; never blocks.
 */
public final class FailedLogins {
    /** The message for a client that is refused. */
    public static final String REFUSAL = "Too many failed logins from this address; retry later";

    /** 10 per minute with a burst of 20. */
    public static final Rate DEFAULT = Rate.of("10/m burst 20");

    private final Optional<RateLimiter> limiter;
    private final Function<String, Optional<String>> key;
    private final LongAdder refused;

    /**
     * Creates an instance without failures.
     *
     * @param rate the maximum rate; empty for any
     * @param key the key by which an address is counted; empty if it is exempt
     * @param refusals counts the refused logins
     */
    public FailedLogins(Optional<Rate> rate, Function<String, Optional<String>> key, Refusals refusals) {
        this.limiter = rate.map(RateLimiter::new);
        this.key = key;
        this.refused = refusals.counter("failed-logins-per-address");
    }

    /** The time after which the address may attempt a login; empty if it may now. */
    public Optional<Duration> refusal(String address) {
        return counted(limiter.flatMap(rates -> key.apply(address).flatMap(rates::wait)));
    }

    /**
     * Begins a login, to be followed by {@link #release} unless it fails.
     *
     * @return the time after which the address may attempt a login; empty if the login has begun
     */
    public Optional<Duration> begin(String address) {
        return counted(limiter.flatMap(rates -> key.apply(address).flatMap(rates::refusal)));
    }

    private Optional<Duration> counted(Optional<Duration> refusal) {
        refusal.ifPresent(wait -> refused.increment());
        return refusal;
    }

    /** Returns the permit of a login that did not fail. */
    public void release(String address) {
        limiter.ifPresent(rates -> key.apply(address).ifPresent(rates::giveBack));
    }
}
