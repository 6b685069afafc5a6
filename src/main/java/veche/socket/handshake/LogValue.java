package veche.socket.handshake;

import java.util.regex.Pattern;

/** Formats values in log lines of the form {@code key=value}. */
public final class LogValue {
    /**
     * Controls, also of ISO 8859-1, which terminals obey and in which header fields are decoded; line separators; and
     * formats such as U+202E, which reorder the rest of the line.
     */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]");

    /** Maximum number of characters; the rest is omitted. */
    private static final int MAX = 512;

    private LogValue() {}

    /**
     * Returns a text for a log line: in quotes if it contains white space, {@code -} if it is empty or null, and cut
     * after 512 characters. Control characters are replaced, so that a client cannot inject line breaks.
     */
    public static String of(String text) {
        if (text == null || text.isEmpty()) {
            return "-";
        }
        String cut = text.length() <= MAX ? text : text.substring(0, MAX) + "…";
        String printable = UNPRINTABLE.matcher(cut).replaceAll("?").replace('"', '\'');
        return WHITE_SPACE.matcher(printable).find() ? '"' + printable + '"' : printable;
    }
}
