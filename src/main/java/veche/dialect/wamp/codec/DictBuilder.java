package veche.dialect.wamp.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the decoded entries of a dict: a map until the first key that is not a string, then {@link Pairs}. */
final class DictBuilder {
    private final Elements elements;
    private final Map<String, Object> named = new LinkedHashMap<>();
    /** Null as long as all keys are strings. */
    private Pairs pairs;

    DictBuilder(Elements elements) {
        this.elements = elements;
    }

    void add(Object key, Object value) {
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
