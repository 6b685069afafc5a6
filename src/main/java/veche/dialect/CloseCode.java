package veche.dialect;

/** The close codes that Veche sends (RFC 6455 §7.4.1; 1013 from the IANA registry). */
public enum CloseCode {
    /** Done. */
    NORMAL(1000),
    /** The server stops or redeploys. */
    GOING_AWAY(1001),
    /** The peer broke the protocol. */
    PROTOCOL_ERROR(1002),
    /** A kind of data that the dialect cannot take. */
    UNACCEPTABLE(1003),
    /** Text that is not UTF-8, or content that cannot be read as what it claims to be. */
    INVALID_PAYLOAD(1007),
    /** Kicked, banned, logged out, expired, too fast. */
    POLICY(1008),
    /** Larger than the limit. */
    TOO_BIG(1009),
    /** Our fault; the reason holds the incident id that is in the log. */
    INTERNAL_ERROR(1011),
    /** Too slow, or the server is full: come back. */
    TRY_AGAIN_LATER(1013);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
