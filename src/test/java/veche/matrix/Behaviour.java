package veche.matrix;

/** What the matrix tells of each server, in its order. Every one must be seen on every server. */
public enum Behaviour {
    INJECTION("`@Inject` in the endpoint"),
    SEND_PATH("send path in use"),
    SUBPROTOCOL("offered `soap, wamp`, chosen"),
    EXTENSION("`permessage-deflate` offered, answered"),
    UNKNOWN_SUBPROTOCOL("handshake: no known subprotocol"),
    BAD_ROOM("handshake: bad room or name"),
    FOREIGN_ORIGIN("handshake: foreign Origin"),
    NULL_ORIGIN("handshake: Origin `null`"),
    OWN_ORIGIN("handshake: own Origin"),
    WRONG_VERSION("handshake: wrong version"),
    NO_UPGRADE("handshake: none, plain GET"),
    DRAINING("handshake: while the application stops"),
    NORMAL("close: done"),
    GOING_AWAY("close: application stops, with a window"),
    PROTOCOL_ERROR("close: frame breaks the protocol"),
    UNMASKED("close: unmasked client frame"),
    UNACCEPTABLE("close: data that the dialect cannot take"),
    NOT_UTF8("close: text not UTF-8"),
    POLICY("close: policy"),
    TEXT_TOO_BIG("close: text too big"),
    PARTS_TOO_BIG("close: text too big in parts"),
    BINARY_TOO_BIG("close: binary too big"),
    BOMB("close: compressed bomb"),
    FAULT("close: our fault, with incident id"),
    COME_BACK("close: come back"),
    SLOW("who never reads, counted as"),
    UTF8("UTF-8, character split over frames"),
    SIZES("1 MiB of binary relayed whole"),
    CONFORMANCE("RFC 6455: [Autobahn suite](src/docs/rfc6455-conformance.md), every case OK or"),
    PONG("pongs reach who talks"),
    PINGS("pings reach who is silent"),
    PAGE("the page: talk, a picture, a reaction"),
    REDEPLOY("redeploy under 500 clients: came back, lost");

    private final String text;

    Behaviour(String text) {
        this.text = text;
    }

    /** In the matrix's words. */
    public String text() {
        return text;
    }

    /** Notes what a server did; tests call it before they judge. */
    public void seen(Object outcome) {
        Witness.note(this, String.valueOf(outcome));
    }
}
