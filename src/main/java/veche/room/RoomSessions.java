package veche.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody who is here now, on this node. Thread-safe. */
public final class RoomSessions implements Moderation.Sessions {
    private final Set<RoomSession> all = ConcurrentHashMap.newKeySet();

    RoomSessions() {}

    void add(RoomSession roomSession) {
        all.add(roomSession);
    }

    void remove(RoomSession roomSession) {
        all.remove(roomSession);
    }

    /** All at this moment. */
    public Collection<RoomSession> all() {
        return Set.copyOf(all);
    }

    /** Those of one author. */
    List<RoomSession> of(String author) {
        return all.stream()
                .filter(roomSession -> roomSession.user().author().id().equals(author))
                .toList();
    }

    @Override
    public List<User> users(String author) {
        return of(author).stream().map(RoomSession::user).toList();
    }

    /** Closes the connections of those whose proof of identity has ended. To be called about once a second. */
    public void expire(Instant now) {
        for (RoomSession roomSession : all) {
            if (roomSession.user().expired(now)) {
                roomSession.eject(Ejection.EXPIRED);
            }
        }
    }

    /** Closes the connections of the author concerned: all, or, where the ruling has a room, those that are in it. */
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
