package veche.delivery;

import java.util.Set;

/**
 * How a connection was closed.
 *
 * @param code the close code (RFC 6455 §7.4.1); 0 while the connection is open
 * @param by which peer closed it: {@code server} or {@code client}; a network failure counts as the client's
 * @param reason the server's close reason; empty if there is none
 */
public record CloseStatus(int code, String by, String reason) {
    /** No close frame was received (RFC 6455 §7.1.5). */
    public static final int ABNORMAL = 1006;

    /**
     * The codes after which clients usually reconnect: the server or the page ends, no close frame, an internal error,
     * overload.
     */
    private static final Set<Integer> INTERRUPTIONS = Set.of(1001, ABNORMAL, 1011, 1013);

    static final CloseStatus OPEN = new CloseStatus(0, "", "");

    /** Whether the client is likely to reconnect. */
    public boolean isInterruption() {
        return INTERRUPTIONS.contains(code);
    }

    static CloseStatus ofServer(int code, String reason) {
        return new CloseStatus(code, "server", reason);
    }

    static CloseStatus ofClient(int code) {
        return new CloseStatus(code, "client", "");
    }
}
