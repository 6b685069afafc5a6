package veche.dialect;

/** The close codes that Veche sends (RFC 6455 §7.4.1; 1013 from the IANA registry). */
public enum CloseCode {
    /** Normal closure. */
    NORMAL(1000),
    /** The server shuts down or the application is redeployed. */
    GOING_AWAY(1001),
    /** The peer violated the protocol. */
    PROTOCOL_ERROR(1002),
    /** A type of data that the dialect does not accept. */
    UNACCEPTABLE(1003),
    /** Text that is not valid UTF-8, or content that does not match its declared format. */
    INVALID_PAYLOAD(1007),
    /** Policy violation: kicked, banned, logged out, credentials expired, or rate limit exceeded. */
    POLICY(1008),
    /** A message that exceeds the size limit. */
    TOO_BIG(1009),
    /** Internal error; the reason contains the incident id, which is also in the log. */
    INTERNAL_ERROR(1011),
    /** The client reads too slowly, or the server is at capacity; the client may reconnect later. */
    TRY_AGAIN_LATER(1013);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /** The status code in the close frame. */
    public int number() {
        return number;
    }
}
