package veche.bench.load;

import java.util.function.Function;

/** The dialects that the generator speaks, by the name that its command line gives. */
enum Tongue {
    /** Bare text, the room in the query. */
    PLAIN(null, room -> PlainTalk.INSTANCE),
    /** Engine.IO 4 and Socket.IO 5 over the websocket transport. */
    SOCKETIO(null, room -> SocketIoTalk.INSTANCE),
    /** STOMP 1.2, one STOMP frame a WebSocket message. */
    STOMP("v12.stomp", StompTalk::new),
    /** WAMP v2 in JSON. */
    WAMP("wamp.2.json", WampJson.SINGLE),
    /** WAMP v2 in JSON, many messages in one WebSocket message. */
    WAMP_BATCHED("wamp.2.json.batched", WampJson.BATCHED),
    /** WAMP v2 in MessagePack. */
    WAMP_MSGPACK("wamp.2.msgpack", WampMsgpack.INSTANCE);

    private final String subprotocol;
    private final Seat seat;

    /** Makes the talk of one connection. */
    private interface Seat {
        Talk talk(String room, Over over, boolean first);
    }

    Tongue(String subprotocol, Function<String, Talk> talk) {
        this.subprotocol = subprotocol;
        this.seat = (room, over, first) -> talk.apply(room);
    }

    Tongue(String subprotocol, WampForm form) {
        this.subprotocol = subprotocol;
        this.seat = (room, over, first) -> WampTalk.of(form, over, room, first);
    }

    /** What to offer in the handshake, or null. */
    String subprotocol() {
        return subprotocol;
    }

    /** The talk of one connection about a room, of which it is the {@code first} or not. */
    Talk talk(String room, Over over, boolean first) {
        return seat.talk(room, over, first);
    }
}
