package veche.dialect.wamp.codec;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dict with at least one key that is not a string, in the order of its encoding. Keys are not hashed: a client could
 * choose keys of mixed types with equal hashes, which would degrade each access to a hash table to a linear search.
 */
final class Pairs extends AbstractMap<Object, Object> {
    private final List<Map.Entry<Object, Object>> entries;

    Pairs(Map<?, ?> first) {
        this.entries = new ArrayList<>(first.size() + 1);
        first.forEach(this::add);
    }

    void add(@Nullable Object key, @Nullable Object value) {
        entries.add(new SimpleImmutableEntry<>(key, value));
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<Object, Object>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }
}
