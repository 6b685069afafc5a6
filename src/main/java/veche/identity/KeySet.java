package veche.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_BYTES = 256 << 10;

    private final String source;
    private final long refreshNanos;
    private final Executor executor;
    private final AtomicBoolean fetching = new AtomicBoolean();
    private final AtomicLong fetchedAt;
    private volatile JWKSet keys = new JWKSet();

    /** @throws IllegalStateException if a file cannot be read; a URL may become available later */
    KeySet(String source, Duration refresh, Executor executor) {
        this.source = source;
        this.refreshNanos = refresh.toNanos();
        this.executor = executor;
        this.fetchedAt = new AtomicLong(System.nanoTime());
        if (remote()) {
            begin();
        } else {
            try {
                keys = load();
            } catch (IOException | ParseException e) {
                throw new IllegalStateException("veche.token.jwks=" + source + " cannot be read", e);
            }
        }
    }

    /** Without a password and the query, which may authenticate this server to the issuer. */
    static String withoutSecrets(String source) {
        return source.replaceFirst("(?i)^(https?://)[^/?#]*@", "$1").replaceFirst("[?#].*", "");
    }

    private boolean remote() {
        return source.matches("(?i)https?://.*");
    }

    private JWKSet load() throws IOException, ParseException {
        if (!remote()) {
            return JWKSet.parse(Files.readString(Path.of(source)));
        }
        return JWKSet.parse(new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES)
                .retrieveResource(new URL(source))
                .getContent());
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
            keys = load();
            LOG.log(Level.INFO, "tokens keys={0} from={1}", keys.size(), withoutSecrets(source));
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "veche.token.jwks=" + withoutSecrets(source) + " could not be fetched; keeping previous keys",
                    e);
        } finally {
            fetchedAt.set(System.nanoTime());
            fetching.set(false);
        }
    }
}
