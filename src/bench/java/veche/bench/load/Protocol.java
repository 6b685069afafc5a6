package veche.bench.load;

import java.util.function.Function;

/** The protocols that the load generator supports, by their names on the command line. */
enum Protocol {
    /** Texts without a protocol; the room is in the query. */
    PLAIN(null, room -> PlainProtocol.INSTANCE),
    /** Engine.IO 4 and Socket.IO 5 over the websocket transport. */
    SOCKETIO(null, room -> SocketIoProtocol.INSTANCE),
    /** STOMP 1.2, one STOMP frame a WebSocket message. */
    STOMP("v12.stomp", StompProtocol::new),
    /** WAMP v2 in JSON. */
    WAMP("wamp.2.json", WampJson.SINGLE),
    /** WAMP v2 in JSON, several messages in one WebSocket message. */
    WAMP_BATCHED("wamp.2.json.batched", WampJson.BATCHED),
    /** WAMP v2 in MessagePack. */
    WAMP_MSGPACK("wamp.2.msgpack", WampMsgpack.INSTANCE);

    private final String subprotocol;
    private final Factory factory;

    /** Creates the client side of one connection. */
    private interface Factory {
        ClientProtocol client(String room, WampTarget wampTarget, boolean first);
    }

    Protocol(String subprotocol, Function<String, ClientProtocol> create) {
        this.subprotocol = subprotocol;
        this.factory = (room, wampTarget, first) -> create.apply(room);
    }

    Protocol(String subprotocol, WampSerialization form) {
        this.subprotocol = subprotocol;
        this.factory = (room, wampTarget, first) -> WampProtocol.of(form, wampTarget, room, first);
    }

    /** The subprotocol to offer in the handshake, or null. */
    String subprotocol() {
        return subprotocol;
    }

    /** Creates the client side of one connection to a room. {@code first}: whether it is the first of the room. */
    ClientProtocol client(String room, WampTarget wampTarget, boolean first) {
        return factory.client(room, wampTarget, first);
    }
}
