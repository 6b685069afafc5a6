package veche.matrix;

/** The rows of the matrix in {@code src/docs/servers.md}, in order. Each must be observed on every server. */
public enum Behaviour {
    INJECTION("`@Inject` in the endpoint"),
    SEND_PATH("transport in use"),
    SUBPROTOCOL("`soap, wamp` offered, selected"),
    EXTENSION("`permessage-deflate` offered, negotiated"),
    UNKNOWN_SUBPROTOCOL("handshake: unknown subprotocols only"),
    BAD_ROOM("handshake: invalid room or name"),
    FOREIGN_ORIGIN("handshake: foreign Origin"),
    NULL_ORIGIN("handshake: Origin `null`"),
    OWN_ORIGIN("handshake: own Origin"),
    WRONG_VERSION("handshake: unsupported version"),
    NO_UPGRADE("handshake: plain GET without Upgrade"),
    DRAINING("handshake: while the application stops"),
    NORMAL("close: normal closure"),
    GOING_AWAY("close: application stops, with reconnect window"),
    PROTOCOL_ERROR("close: protocol error"),
    UNMASKED("close: unmasked client frame"),
    UNACCEPTABLE("close: unacceptable data"),
    NOT_UTF8("close: text is not UTF-8"),
    POLICY("close: policy violation"),
    TEXT_TOO_BIG("close: text too big"),
    PARTS_TOO_BIG("close: fragmented text too big"),
    BINARY_TOO_BIG("close: binary too big"),
    BOMB("close: decompression bomb"),
    FAULT("close: internal error, with incident id"),
    COME_BACK("close: try again later"),
    SLOW("slow consumer, code in the metrics"),
    UTF8("UTF-8 character split over frames"),
    SIZES("binary message of 1 MiB relayed intact"),
    CONFORMANCE("RFC 6455: [Autobahn suite](rfc6455-conformance.md), every case OK or"),
    PONG("pongs sent to an active client"),
    PINGS("pings sent to an idle client"),
    PAGE("page: chat, picture, reaction"),
    REDEPLOY("redeploy under 500 clients: reconnected, messages lost or out of order");

    private final String text;

    Behaviour(String text) {
        this.text = text;
    }

    /** The label of the row. */
    public String text() {
        return text;
    }

    /** Records the outcome on this server; tests call it before their assertion. */
    public void seen(Object outcome) {
        OutcomeRecorder.note(this, String.valueOf(outcome));
    }
}
