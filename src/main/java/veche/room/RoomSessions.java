package veche.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open room sessions on this node. Thread-safe. */
public final class RoomSessions implements Moderation.Sessions {
    private final Set<RoomSession> all = ConcurrentHashMap.newKeySet();

    RoomSessions() {}

    void add(RoomSession roomSession) {
        all.add(roomSession);
    }

    void remove(RoomSession roomSession) {
        all.remove(roomSession);
    }

    /** A snapshot of all sessions. */
    public Collection<RoomSession> all() {
        return Set.copyOf(all);
    }

    /** The sessions of one author. */
    List<RoomSession> of(String author) {
        return all.stream()
                .filter(roomSession -> roomSession.user().author().id().equals(author))
                .toList();
    }

    @Override
    public List<User> users(String author) {
        return of(author).stream().map(RoomSession::user).toList();
    }

    /** Closes the connections of users whose credentials have expired. Must be called about once per second. */
    public void expire(Instant now) {
        for (RoomSession roomSession : all) {
            if (roomSession.user().expired(now)) {
                roomSession.eject(Ejection.EXPIRED);
            }
        }
    }

    /** Closes the connections of the affected author: all, or only those in the room if the action names one. */
    @Override
    public int eject(ModerationAction action) {
        int ejected = 0;
        RoomName room = action.room();
        for (RoomSession roomSession : of(action.author())) {
            if (room == null || roomSession.attended().contains(room)) {
                roomSession.eject(Ejection.by(action));
                ejected++;
            }
        }
        return ejected;
    }
}
