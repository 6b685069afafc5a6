package veche.room.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extended grapheme clusters (UAX #29), which readers perceive as single characters. */
public final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private Graphemes() {}

    /**
     * Returns the longest prefix that ends on a cluster boundary and has at most {@code max} code points. The length of
     * a cluster is unbounded: if the first one is longer, it is cut between code points.
     */
    public static String cut(String text, int max) {
        if (text.length() <= max || text.codePointCount(0, text.length()) <= max) {
            return text;
        }
        int limit = text.offsetByCodePoints(0, max);
        // One more code point decides whether a cluster ends at the limit; the rest of the text is not scanned.
        Matcher clusters = CLUSTER.matcher(text.substring(0, text.offsetByCodePoints(limit, 1)));
        int end = 0;
        while (clusters.find() && clusters.end() <= limit) {
            end = clusters.end();
        }
        return text.substring(0, end == 0 ? limit : end);
    }
}
