package veche.socket;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import veche.delivery.CloseStatus;
import veche.delivery.Fanout;
import veche.delivery.Transport;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.HandshakeInfo;
import veche.limit.Refusals;
import veche.limit.Throughput;
import veche.socket.container.Transports;
import veche.socket.container.UndertowSessions;
import veche.socket.handshake.ClientAddress;

/** Opens a dialect session for each new connection and maintains the registry. Thread-safe. */
public final class Gateway {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
    private static final String NO_SUBPROTOCOL = "";

    private final SessionRegistry registry;
    private final Fanout fanout;
    private final LoginSessions logins = new LoginSessions();
    private final Throughput.Limits input;
    private final Refusals refusals;
    private final Map<String, Dialect> dialects = new TreeMap<>();
    private volatile BiConsumer<String, String> interruptions = (author, connection) -> {};

    /** Does not limit the messages of a connection. */
    public Gateway(SessionRegistry registry, Fanout fanout, List<Dialect> dialects) {
        this(registry, fanout, dialects, Throughput.Limits.NONE, new Refusals());
    }

    /**
     * Creates a gateway.
     *
     * @param dialects the supported dialects; the one without subprotocols is for clients that offer none
     * @param input the limits of what a connection sends; those from loopback addresses are exempt
     * @param refusals counts the violations of these limits
     */
    public Gateway(
            SessionRegistry registry,
            Fanout fanout,
            List<Dialect> dialects,
            Throughput.Limits input,
            Refusals refusals) {
        this.input = input;
        this.refusals = refusals;
        this.registry = registry;
        this.fanout = fanout;
        for (Dialect dialect : dialects) {
            if (dialect.subprotocols().isEmpty()) {
                this.dialects.put(NO_SUBPROTOCOL, dialect);
            }
            dialect.subprotocols().forEach(name -> this.dialects.put(name, dialect));
        }
    }

    /** The first supported subprotocol of those offered; the empty string, for plain, if none is offered. */
    public Optional<String> select(List<String> offered) {
        if (offered.isEmpty()) {
            return Optional.of(NO_SUBPROTOCOL);
        }
        return offered.stream()
                .filter(name -> !name.isEmpty() && dialects.containsKey(name))
                .findFirst();
    }

    /** The maximum size of a message of any type, in bytes. */
    public int maxMessageBytes() {
        return Math.max(fanout.limits().maxTextBytes(), fanout.limits().maxBinaryBytes());
    }

    /** Opens the session of the negotiated dialect for a new connection. */
    public ConnectionHandler open(Session session) {
        String subprotocol = handshake(session).subprotocol();
        return open(session, Objects.requireNonNull(dialects.get(subprotocol), subprotocol));
    }

    /** Opens a session of the given dialect for a new connection, whichever subprotocol was negotiated. */
    public ConnectionHandler open(Session session, Dialect dialect) {
        // The heartbeat detects dead connections. Not set again if it is 0: Tyrus would scan the class path.
        if (session.getMaxIdleTimeout() > 0) {
            session.setMaxIdleTimeout(0);
        }
        Transport transport = Transports.of(session, fanout.executor());
        ConnectionHandler handler = open(transport, dialect, handshake(session));
        transport.checkFrames(maxMessageBytes(), handler);
        if (session.getUserProperties().get(LoginSessions.class.getName()) instanceof Optional<?> login) {
            login.ifPresent(http -> follow((HttpSession) http, handler));
        }
        return handler;
    }

    private void follow(HttpSession login, ConnectionHandler handler) {
        handler.connection().onClosed(() -> logins.remove(handler));
        try {
            if (logins.add(login.getId(), handler)) {
                UndertowSessions.release(login);
                return;
            }
        } catch (IllegalStateException ended) {
            LOG.log(Level.DEBUG, "The HTTP session ended during the handshake", ended);
        }
        handler.close(CloseCode.POLICY, LoginSessions.LOGGED_OUT);
    }

    /** The connections of users whom the container has authenticated. */
    LoginSessions logins() {
        return logins;
    }

    private static HandshakeInfo handshake(Session session) {
        return (HandshakeInfo)
                Objects.requireNonNull(session.getUserProperties().get(HandshakeInfo.class.getName()));
    }

    /** Opens a session of the negotiated dialect over a transport. */
    public ConnectionHandler open(Transport transport, HandshakeInfo handshake) {
        String subprotocol = handshake.subprotocol();
        return open(transport, Objects.requireNonNull(dialects.get(subprotocol), subprotocol), handshake);
    }

    /** Opens a session of the given dialect over a transport. */
    public ConnectionHandler open(Transport transport, Dialect dialect, HandshakeInfo handshake) {
        ConnectionHandler handler = new ConnectionHandler(fanout, transport, throughput(handshake), handshake);
        registry.add(handler);
        handler.begin(dialect);
        handler.connection().onClosed(() -> closed(handler));
        return handler;
    }

    private Throughput throughput(HandshakeInfo handshake) {
        return new Throughput(
                ClientAddress.isLoopback(handshake.remoteAddress()) ? Throughput.Limits.NONE : input, refusals);
    }

    /** Called when the client or a network failure has closed the connection with this code. */
    public void closed(ConnectionHandler handler, int code) {
        if (!handler.connection().isClosed()) {
            fanout.traffic().closed(code);
        }
        release(handler, code);
    }

    /** Called when the connection was lost without a close frame, 1006 (RFC 6455 §7.1.5). Idempotent. */
    public void closed(ConnectionHandler handler) {
        release(handler, CloseStatus.ABNORMAL);
    }

    /** The listener receives author and id of each connection that is {@linkplain CloseStatus#isInterruption interrupted}. */
    public void onInterruption(BiConsumer<String, String> listener) {
        interruptions = listener;
    }

    private void release(ConnectionHandler handler, int code) {
        handler.connection().closedByPeer(code);
        if (handler.closeStatus().isInterruption()) {
            interruptions.accept(handler.author().id(), handler.id());
        }
        handler.closed(code);
        registry.remove(handler);
    }
}
