package veche.socket;

/**
 * How a connection ended.
 *
 * @param code the close code (RFC 6455 §7.4.1); 0 where it has not ended
 * @param by who chose it: {@code server} or {@code client}, which stands for its network too
 * @param reason why, in the server's words; empty where it has none
 */
record Ending(int code, String by, String reason) {
    /** No close frame came (RFC 6455 §7.1.5). */
    static final int LOST = 1006;

    static final Ending NONE = new Ending(0, "", "");

    static Ending ofServer(int code, String reason) {
        return new Ending(code, "server", reason);
    }

    static Ending ofClient(int code) {
        return new Ending(code, "client", "");
    }
}
