package veche.socket.handshake;

/** Formats values in log lines of the form {@code key=value}. */
public final class LogValue {
    private LogValue() {}

    /**
     * Returns a text for a log line: in quotes if it contains white space, {@code -} if it is empty or null. Control
     * characters are replaced, so that a client cannot inject line breaks.
     */
    public static String of(String text) {
        if (text == null || text.isEmpty()) {
            return "-";
        }
        String printable = text.replaceAll("\\p{Cntrl}", "?").replace('"', '\'');
        return printable.matches("\\S+") ? printable : '"' + printable + '"';
    }
}
