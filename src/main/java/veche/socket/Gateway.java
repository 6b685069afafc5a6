package veche.socket;

import jakarta.websocket.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import veche.delivery.CloseStatus;
import veche.delivery.Fanout;
import veche.delivery.Transport;
import veche.dialect.Dialect;
import veche.dialect.HandshakeInfo;
import veche.socket.container.Transports;

/** Where sockets become conversations: finds the dialect, keeps the registry. Thread-safe. */
public final class Gateway {
    private static final String NO_SUBPROTOCOL = "";

    private final SessionRegistry registry;
    private final Fanout fanout;
    private final Map<String, Dialect> dialects = new TreeMap<>();

    /** @param dialects all that are spoken; the one without subprotocols is for clients that offer none */
    public Gateway(SessionRegistry registry, Fanout fanout, List<Dialect> dialects) {
        this.registry = registry;
        this.fanout = fanout;
        for (Dialect dialect : dialects) {
            if (dialect.subprotocols().isEmpty()) {
                this.dialects.put(NO_SUBPROTOCOL, dialect);
            }
            dialect.subprotocols().forEach(name -> this.dialects.put(name, dialect));
        }
    }

    /** The first of the client's offers that is spoken; empty-handed clients speak plain. */
    public Optional<String> select(List<String> offered) {
        if (offered.isEmpty()) {
            return Optional.of(NO_SUBPROTOCOL);
        }
        return offered.stream()
                .filter(name -> !name.isEmpty() && dialects.containsKey(name))
                .findFirst();
    }

    /** The most that a message of any kind may have, in bytes. */
    public int maxMessageBytes() {
        return Math.max(fanout.limits().maxTextBytes(), fanout.limits().maxBinaryBytes());
    }

    /** Begins the conversation of a socket that has just opened, in the dialect agreed on. */
    public ConnectionHandler open(Session session) {
        return open(session, dialects.get(handshake(session).subprotocol()));
    }

    public ConnectionHandler open(Session session, Dialect dialect) {
        // The heartbeat finds the dead. Not set where it is so already: Tyrus would scan the class path for it.
        if (session.getMaxIdleTimeout() > 0) {
            session.setMaxIdleTimeout(0);
        }
        Transport transport = Transports.of(session, fanout.executor());
        ConnectionHandler handler = open(transport, dialect, handshake(session));
        transport.checkFrames(maxMessageBytes(), handler::end);
        return handler;
    }

    private static HandshakeInfo handshake(Session session) {
        return (HandshakeInfo) session.getUserProperties().get(HandshakeInfo.class.getName());
    }

    public ConnectionHandler open(Transport transport, Dialect dialect, HandshakeInfo handshake) {
        ConnectionHandler handler = new ConnectionHandler(fanout, transport, handshake);
        registry.add(handler);
        handler.begin(dialect);
        handler.connection().onClosed(() -> closed(handler));
        return handler;
    }

    /** The client, or its network, ended it with that code. */
    public void closed(ConnectionHandler handler, int code) {
        if (!handler.connection().isClosed()) {
            fanout.traffic().closed(code);
        }
        gone(handler, code);
    }

    /** The socket is no more, and nobody said a code (RFC 6455 §7.1.5); calling it again does nothing. */
    public void closed(ConnectionHandler handler) {
        gone(handler, CloseStatus.ABNORMAL);
    }

    private void gone(ConnectionHandler handler, int code) {
        handler.gone(code);
        registry.remove(handler);
    }
}
