package veche.room.cluster;

import java.util.Locale;

/**
 * What a node reports of itself to the other nodes.
 *
 * @param version of Veche; empty if it is not known
 * @param figures a JSON object for people, of a few hundred bytes, such as numbers of connections
 */
public record NodeReport(String version, State state, String figures) {
    /** A node that has reported nothing. */
    public static final NodeReport EMPTY = new NodeReport("", State.RUNNING, "{}");

    /** The part of a node's life. */
    public enum State {
        /** It accepts connections. */
        RUNNING,
        /** It is about to end: it accepts no connections and closes its own ones. */
        DRAINING;

        /** The state of this name; that of a later version counts as running. */
        public static State named(String name) {
            return name.equals(DRAINING.wireName()) ? DRAINING : RUNNING;
        }

        /** The name in the database and in answers. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
