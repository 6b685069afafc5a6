package veche.socket;

import jakarta.websocket.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import veche.dialect.Dialect;
import veche.dialect.Opening;

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
    Optional<String> choose(List<String> offered) {
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
    Dialogue open(Session session) {
        return open(session, dialects.get(opening(session).subprotocol()));
    }

    Dialogue open(Session session, Dialect dialect) {
        // The heartbeat finds the dead. Not set where it is so already: Tyrus would scan the class path for it.
        if (session.getMaxIdleTimeout() > 0) {
            session.setMaxIdleTimeout(0);
        }
        Wire wire = Wires.of(session, fanout);
        Dialogue dialogue = open(wire, dialect, opening(session));
        wire.checkFrames(maxMessageBytes(), dialogue::end);
        return dialogue;
    }

    private static Opening opening(Session session) {
        return (Opening) session.getUserProperties().get(Opening.class.getName());
    }

    Dialogue open(Wire wire, Dialect dialect, Opening opening) {
        Dialogue dialogue = new Dialogue(fanout, wire, opening);
        registry.add(dialogue);
        dialogue.begin(dialect);
        dialogue.connection().atEnd(() -> closed(dialogue));
        return dialogue;
    }

    /** The client, or its network, ended it with that code. */
    void closed(Dialogue dialogue, int code) {
        if (!dialogue.connection().ended()) {
            fanout.traffic().closed(code);
        }
        gone(dialogue, code);
    }

    /** The socket is no more, and nobody said a code (RFC 6455 §7.1.5); calling it again does nothing. */
    void closed(Dialogue dialogue) {
        gone(dialogue, Ending.LOST);
    }

    private void gone(Dialogue dialogue, int code) {
        dialogue.gone(code);
        registry.remove(dialogue);
    }
}
