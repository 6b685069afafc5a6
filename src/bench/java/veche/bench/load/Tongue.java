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
    /** WAMP v2 in JSON, basic profile. */
    WAMP("wamp.2.json", WampTalk::new);

    private final String subprotocol;
    private final Function<String, Talk> talk;

    Tongue(String subprotocol, Function<String, Talk> talk) {
        this.subprotocol = subprotocol;
        this.talk = talk;
    }

    /** What to offer in the handshake, or null. */
    String subprotocol() {
        return subprotocol;
    }

    /** The talk of one connection that wants into a room. */
    Talk talk(String room) {
        return talk.apply(room);
    }
}
