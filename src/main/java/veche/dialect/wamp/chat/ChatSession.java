package veche.dialect.wamp.chat;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import veche.dialect.wamp.auth.Identities;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.SessionKey;
import veche.room.Author;
import veche.room.Presence;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.User;

/** The state of the chat for a WAMP session. Thread-safe. */
final class ChatSession {
    private static final SessionKey<AtomicReference<RoomSession>> ROOMS = SessionKey.of(AtomicReference::new);
    private static final SessionKey<Map<RoomName, Presence.Stay>> STAYS = SessionKey.of(ConcurrentHashMap::new);

    private ChatSession() {}

    /** The room session of an open WAMP session. */
    static RoomSession rooms(Session session) {
        return Objects.requireNonNull(session.get(ROOMS).get(), "room session");
    }

    /** The room session of a WAMP session; empty until it is open. */
    static Optional<RoomSession> opened(Session session) {
        return Optional.ofNullable(session.get(ROOMS).get());
    }

    static void begin(Session session, RoomSession rooms) {
        session.get(ROOMS).set(rooms);
    }

    /** Replaces the user of an open session, as {@link RoomSession#renew}. */
    static void renew(Session session, User user) {
        rooms(session).renew(user);
        session.renew(Identities.renewed(session.identity(), user));
    }

    /** The rooms that the session has joined with {@code veche.join}. */
    static Map<RoomName, Presence.Stay> stays(Session session) {
        return session.get(STAYS);
    }

    static User user(Session session) {
        return Identities.user(session.identity());
    }

    static Author author(Session session) {
        return user(session).author();
    }
}
