package veche.room;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extended grapheme clusters (UAX #29): what a reader takes for one character. */
public final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private Graphemes() {}

    /**
     * The longest beginning of a text that ends between two clusters and has at most {@code max} code points. A single
     * cluster that is longer is cut within, at a code point: nothing limits the length of a cluster.
     */
    public static String cut(String text, int max) {
        if (text.length() <= max || text.codePointCount(0, text.length()) <= max) {
            return text;
        }
        int limit = text.offsetByCodePoints(0, max);
        // One code point more tells whether a cluster ends at the limit; the rest of the text is not looked at.
        Matcher clusters = CLUSTER.matcher(text.substring(0, text.offsetByCodePoints(limit, 1)));
        int end = 0;
        while (clusters.find() && clusters.end() <= limit) {
            end = clusters.end();
        }
        return text.substring(0, end == 0 ? limit : end);
    }
}
