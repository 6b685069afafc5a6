package veche.dialect.wamp.router;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A trie of wildcard patterns: one level per component, with a branch for each literal and one for the empty component,
 * which matches any. A URI follows at most two branches of a node, so the cost depends on the patterns with the same
 * beginning, not on all of them. Reads take no lock. Thread-safe.
 */
final class WildcardTrie<T> {
    private static final class Node<T> {
        final Map<String, Node<T>> literals = new ConcurrentHashMap<>(4);
        volatile @Nullable Node<T> any;
        volatile @Nullable T value;

        boolean isEmpty() {
            return value == null && any == null && literals.isEmpty();
        }

        @Nullable
        Node<T> child(String component) {
            return component.isEmpty() ? any : literals.get(component);
        }
    }

    private final ReentrantLock writing = new ReentrantLock();
    private final Node<T> root = new Node<>();

    /** Sets the value of a pattern; null removes it, together with the branches that become empty. */
    void put(String[] pattern, @Nullable T value) {
        writing.lock();
        try {
            put(root, pattern, 0, value);
        } finally {
            writing.unlock();
        }
    }

    private void put(Node<T> node, String[] pattern, int level, @Nullable T value) {
        if (level == pattern.length) {
            node.value = value;
            return;
        }
        String component = pattern[level];
        Node<T> child = node.child(component);
        if (child == null) {
            if (value == null) {
                return;
            }
            child = new Node<>();
            // Linked only when complete: a reader sees the whole branch or none of it.
            put(child, pattern, level + 1, value);
            link(node, component, child);
            return;
        }
        put(child, pattern, level + 1, value);
        if (child.isEmpty()) {
            unlink(node, component);
        }
    }

    private static <T> void link(Node<T> node, String component, Node<T> child) {
        if (component.isEmpty()) {
            node.any = child;
        } else {
            node.literals.put(component, child);
        }
    }

    private static <T> void unlink(Node<T> node, String component) {
        if (component.isEmpty()) {
            node.any = null;
        } else {
            node.literals.remove(component);
        }
    }

    /**
     * Passes all matches to a consumer, those with literals furthest left first.
     *
     * @return the number of visited nodes, which is the cost of a match
     */
    int forEachMatch(String[] uri, Consumer<T> consumer) {
        return forEachMatch(root, uri, 0, consumer);
    }

    private int forEachMatch(Node<T> node, String[] uri, int level, Consumer<T> consumer) {
        if (level == uri.length) {
            T value = node.value;
            if (value != null) {
                consumer.accept(value);
            }
            return 1;
        }
        int visited = 1;
        Node<T> literal = uri[level].isEmpty() ? null : node.literals.get(uri[level]);
        if (literal != null) {
            visited += forEachMatch(literal, uri, level + 1, consumer);
        }
        Node<T> any = node.any;
        if (any != null) {
            visited += forEachMatch(any, uri, level + 1, consumer);
        }
        return visited;
    }
}
