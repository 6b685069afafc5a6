package veche.dialect.wamp.router;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An index of values by URI or pattern. Reads take no lock and do not scan all entries: prefixes are looked up once for
 * each length in use, wildcards in a {@link WildcardTrie}. Thread-safe.
 */
public final class UriIndex<T> {
    private final Map<String, T> exact = new ConcurrentHashMap<>();
    private final Map<String, T> prefixes = new ConcurrentHashMap<>();
    private final Map<String, T> wildcards = new ConcurrentHashMap<>();
    /** The number of prefixes by their length, longest first. */
    private final NavigableMap<Integer, Integer> lengths = new ConcurrentSkipListMap<>((a, b) -> b - a);

    private final WildcardTrie<T> trie = new WildcardTrie<>();

    /** Replaces the value of a URI atomically and returns it; null removes it. The function must be short. */
    public @Nullable T compute(Match match, String uri, UnaryOperator<@Nullable T> change) {
        return of(match).compute(uri, (key, before) -> {
            T after = change.apply(before);
            changed(match, uri, before, after);
            return after;
        });
    }

    private Map<String, T> of(Match match) {
        return switch (match) {
            case EXACT -> exact;
            case PREFIX -> prefixes;
            case WILDCARD -> wildcards;
        };
    }

    private void changed(Match match, String uri, @Nullable T before, @Nullable T after) {
        int added = (after == null ? 0 : 1) - (before == null ? 0 : 1);
        if (added != 0 && match == Match.PREFIX) {
            add(lengths, uri.length(), added);
        } else if (before != after && match == Match.WILDCARD) {
            trie.put(components(uri), after);
        }
    }

    private static <K> void add(Map<K, Integer> counts, K key, int added) {
        counts.merge(key, added, (a, b) -> a + b == 0 ? null : a + b);
    }

    /** Returns the value of exactly this URI under this policy. */
    public Optional<T> get(Match match, String uri) {
        return Optional.ofNullable(of(match).get(uri));
    }

    /**
     * Passes all matches to a consumer, best first: the exact match, the longest prefix, the wildcard with literals
     * furthest left.
     */
    public void forEachMatch(String uri, Consumer<T> consumer) {
        accept(exact.get(uri), consumer);
        for (int length : lengths.keySet()) {
            if (length <= uri.length()) {
                accept(prefixes.get(uri.substring(0, length)), consumer);
            }
        }
        if (!wildcards.isEmpty()) {
            trie.forEachMatch(components(uri), consumer);
        }
    }

    private void accept(@Nullable T found, Consumer<T> consumer) {
        if (found != null) {
            consumer.accept(found);
        }
    }

    /** Returns the best match. */
    public Optional<T> best(String uri) {
        T same = exact.get(uri);
        if (same != null) {
            return Optional.of(same);
        }
        List<T> matches = new ArrayList<>(2);
        forEachMatch(uri, matches::add);
        return matches.stream().findFirst();
    }

    /** Returns all values under a policy. */
    public Collection<T> all(Match match) {
        return of(match).values();
    }

    /** Passes each value, which {@link #compute} does not replace meanwhile. The consumer must be short. */
    void forEachInOrder(Consumer<T> consumer) {
        for (Match match : Match.values()) {
            of(match)
                    .keySet()
                    .forEach(uri -> of(match).computeIfPresent(uri, (key, value) -> {
                        consumer.accept(value);
                        return value;
                    }));
        }
    }

    /** Splits a URI into its components, some of which may be empty. */
    public static String[] components(String uri) {
        return uri.split("\\.", -1);
    }
}
