package veche.dialect.wamp.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.router.Match;

/**
 * What another node has announced of its URIs and patterns. After a loss of parcels, the node announces all of it
 * again; what it does not is obsolete. Confined to the thread of the backbone.
 *
 * @param <V> what is known of each
 */
final class Announcements<V> {
    /** A URI or pattern. */
    record Place(Match match, String uri) {}

    private final Map<Place, V> present = new HashMap<>();
    private final Set<Place> unconfirmed = new HashSet<>();

    /** Adds or confirms an announcement; returns the former one. */
    @Nullable
    V add(Place place, V value) {
        unconfirmed.remove(place);
        return present.put(place, value);
    }

    void remove(Place place) {
        unconfirmed.remove(place);
        present.remove(place);
    }

    /** All that is present is announced again from now on, or obsolete. */
    void expectConfirmation() {
        unconfirmed.addAll(present.keySet());
    }

    /** What is obsolete, since nothing more will be confirmed. */
    List<Place> unconfirmed() {
        return List.copyOf(unconfirmed);
    }

    List<Place> all() {
        return List.copyOf(present.keySet());
    }

    boolean isEmpty() {
        return present.isEmpty();
    }
}
