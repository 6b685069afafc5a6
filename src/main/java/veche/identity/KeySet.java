package veche.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An in-memory cache of the public keys of a JWK set. The executor fetches them again when they are older than the
 * refresh interval, or when a requested key is missing, in that case at most once per {@link #QUIET}. The previous keys
 * remain in use until a fetch succeeds. Thread-safe; lookups never block.
 */
final class KeySet {
    /** The minimum time between a fetch and another one for a missing key. */
    static final Duration QUIET = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(KeySet.class.getName());

    private final KeySource source;
    private final long refreshNanos;
    private final Executor executor;
    private final AtomicBoolean fetching = new AtomicBoolean();
    private final AtomicLong fetchedAt;
    private volatile JWKSet keys = new JWKSet();

    /** @throws IllegalStateException if a file cannot be read; a URL may become available later */
    KeySet(KeySource source, Duration refresh, Executor executor) {
        this.source = source;
        this.refreshNanos = refresh.toNanos();
        this.executor = executor;
        this.fetchedAt = new AtomicLong(System.nanoTime());
        if (source instanceof KeySource.Local) {
            try {
                keys = source.load();
            } catch (IOException | ParseException e) {
                throw new IllegalStateException("veche.token.jwks=" + source + " cannot be read", e);
            }
        } else {
            begin();
        }
    }

    List<JWK> select(JWKSelector selector) {
        List<JWK> found = selector.select(keys);
        long age = System.nanoTime() - fetchedAt.get();
        if (age > refreshNanos || found.isEmpty() && age > QUIET.toNanos()) {
            begin();
        }
        return found;
    }

    private void begin() {
        if (!fetching.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::fetch);
        } catch (RejectedExecutionException e) {
            fetching.set(false);
            LOG.log(Level.DEBUG, "The executor rejected fetching the JWK set", e);
        }
    }

    private void fetch() {
        try {
            keys = source.load();
            LOG.log(Level.INFO, "tokens keys={0} from={1}", keys.size(), source);
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "The keys of tokens from " + source + " could not be fetched; keeping previous keys",
                    e);
        } finally {
            fetchedAt.set(System.nanoTime());
            fetching.set(false);
        }
    }
}
