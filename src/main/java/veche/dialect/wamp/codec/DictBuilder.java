package veche.dialect.wamp.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the decoded entries of a dict: a map until the first key that is not a string, then {@link Pairs}. */
final class DictBuilder {
    private final Elements elements;
    private final Map<String, @Nullable Object> named = new LinkedHashMap<>();
    /** Null as long as all keys are strings. */
    private @Nullable Pairs pairs;

    DictBuilder(Elements elements) {
        this.elements = elements;
    }

    void add(@Nullable Object key, @Nullable Object value) {
        if (pairs == null && !(key instanceof String)) {
            elements.addSpecial();
            pairs = new Pairs(named);
        }
        if (pairs == null) {
            named.put((String) key, value);
        } else {
            pairs.add(key, value);
        }
    }

    Map<?, ?> built() {
        return pairs == null ? named : pairs;
    }
}
