package veche.socket;

/**
 * How a connection ended.
 *
 * @param code the close code (RFC 6455 §7.4.1); 0 where it has not ended
 * @param by who chose it: {@code server} or {@code client}, which stands for its network too
 * @param reason why, in the server's words; empty where it has none
 */
record CloseStatus(int code, String by, String reason) {
    /** No close frame came (RFC 6455 §7.1.5). */
    static final int LOST = 1006;

    static final CloseStatus NONE = new CloseStatus(0, "", "");

    static CloseStatus ofServer(int code, String reason) {
        return new CloseStatus(code, "server", reason);
    }

    static CloseStatus ofClient(int code) {
        return new CloseStatus(code, "client", "");
    }
}
