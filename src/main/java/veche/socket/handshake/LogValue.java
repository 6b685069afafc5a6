package veche.socket.handshake;

/** Values in log lines of the form {@code key=value}. */
public final class LogValue {
    private LogValue() {}

    /** A text unchanged where it is one word, else in quotes; without line breaks, whatever a client has sent. */
    public static String of(String text) {
        if (text == null || text.isEmpty()) {
            return "-";
        }
        String printable = text.replaceAll("\\p{Cntrl}", "?").replace('"', '\'');
        return printable.matches("\\S+") ? printable : '"' + printable + '"';
    }
}
