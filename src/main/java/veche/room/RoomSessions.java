package veche.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import veche.room.address.AddressRange;

/** The open room sessions on this node. Thread-safe. */
public final class RoomSessions implements Moderation.Sessions {
    private static final Ejection WITHDRAWN = new Ejection("credentials changed", null);

    /** The sessions by author id, which a renewal of credentials does not change. */
    private final Map<String, Set<RoomSession>> byAuthor = new ConcurrentHashMap<>();

    RoomSessions() {}

    private static String author(RoomSession roomSession) {
        return roomSession.user().author().id();
    }

    void add(RoomSession roomSession) {
        byAuthor.compute(author(roomSession), (author, sessions) -> {
            Set<RoomSession> all = sessions == null ? ConcurrentHashMap.newKeySet(1) : sessions;
            all.add(roomSession);
            return all;
        });
    }

    void remove(RoomSession roomSession) {
        byAuthor.computeIfPresent(author(roomSession), (author, sessions) -> {
            sessions.remove(roomSession);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** A snapshot of all sessions. */
    public Collection<RoomSession> all() {
        return byAuthor.values().stream().flatMap(Set::stream).toList();
    }

    /** The sessions of one author. */
    List<RoomSession> of(String author) {
        return List.copyOf(byAuthor.getOrDefault(author, Set.of()));
    }

    @Override
    public int rank(String author, @Nullable RoomName room) {
        return of(author).stream()
                .mapToInt(roomSession -> roomSession.standing().rank(room))
                .max()
                .orElse(0);
    }

    /**
     * Closes the connections of users whose credentials have expired, and warns those whose credentials expire within
     * the given period, once for each expiry. Has expired grants of rooms determined anew. Must be called about once
     * per second.
     */
    public void expire(Instant now, Duration warning) {
        for (RoomSession roomSession : all()) {
            if (roomSession.user().expired(now)) {
                roomSession.eject(Ejection.EXPIRED);
            } else {
                roomSession.warn(now.plus(warning));
                roomSession.reconsiderExpired();
            }
        }
    }

    /** Closes the connections of users whose credentials are revoked. */
    void enforceRevocations() {
        all().forEach(RoomSession::enforceRevocation);
    }

    /**
     * The connection of an author has ended, and the user is likely to return: when it leaves its rooms, the others are
     * not informed at once.
     *
     * @param connection the id of the connection
     */
    public void interrupt(String author, String connection) {
        of(author).stream()
                .filter(roomSession -> roomSession.connection().equals(connection))
                .forEach(RoomSession::interrupt);
    }

    /**
     * Closes a connection of an author, as the dialect does; returns false if it has no room session.
     *
     * @param connection the id of the connection
     */
    public boolean end(String author, String connection, String reason) {
        List<RoomSession> sessions = of(author).stream()
                .filter(roomSession -> roomSession.connection().equals(connection))
                .toList();
        sessions.forEach(roomSession -> roomSession.eject(new Ejection(reason, null)));
        return !sessions.isEmpty();
    }

    /**
     * Closes all connections of an author on this node, for application code.
     *
     * @param reason the close reason, one sentence without a full stop; at most 123 bytes of UTF-8 are sent
     * @return the number of connections
     */
    public int end(String author, String reason) {
        List<RoomSession> sessions = of(author);
        sessions.forEach(roomSession -> roomSession.eject(new Ejection(reason, null)));
        return sessions.size();
    }

    /** Closes the affected connections, or, if the action names a room, makes those in the room leave it. */
    @Override
    public int eject(ModerationAction action, Predicate<Standing> exempt) {
        int ejected = 0;
        RoomName room = action.room();
        for (RoomSession roomSession : affected(action)) {
            // In this order: the standing in a room that the connection is not in may have to be determined.
            if (room != null && !roomSession.attended().contains(room) || exempt.test(roomSession.standing())) {
                continue;
            }
            if (room == null) {
                roomSession.eject(Ejection.by(action));
            } else {
                roomSession.lose(room, Ejection.by(action));
            }
            ejected++;
        }
        return ejected;
    }

    private Collection<RoomSession> affected(ModerationAction action) {
        AddressRange address = action.address();
        if (address != null) {
            return all().stream()
                    .filter(roomSession -> address.contains(roomSession.address()))
                    .toList();
        }
        return action.type().isMode() ? all() : of(action.author());
    }

    /**
     * Closes the connections of an author whose identity a provider no longer asserts.
     *
     * @param provider connections that another provider identified are not affected
     */
    public void withdraw(String author, User.Provider provider) {
        of(author).stream()
                .filter(roomSession -> roomSession.user().provider() == provider)
                .forEach(roomSession -> roomSession.eject(WITHDRAWN));
    }
}
