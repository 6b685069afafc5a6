package veche.dialect.wamp.chat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.UriAction;
import veche.room.Ejection;
import veche.room.RoomName;
import veche.room.RoomSession;

/**
 * Ends a session, or its subscriptions of one room, when its user loses access. Events for this session only:
 * {@code veche.session.removed} with {@code room}, {@code reason} and the {@code sanction} of a moderator, or with
 * {@code topic} or {@code procedure}, {@code match} and {@code reason}; and {@code veche.session.expiring} with
 * {@code expires}.
 */
record SessionAccess(Router router, Session session) implements RoomSession.Listener {
    @Override
    public void onEjected(Ejection ejection) {
        router.expel(session, ejection.reason(), ModerationActions.sanction(ejection.action()));
    }

    @Override
    public void onRoomLost(RoomName room, Ejection ejection) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", ejection.reason());
        details.putAll(ModerationActions.sanction(ejection.action()));
        ChatProcedures.leave(session, room);
        router.broker().revoke(session, TopicNames.topic(room), details);
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("room", room.value());
        kwargs.putAll(details);
        publish("veche.session.removed", kwargs);
    }

    @Override
    public void onExpiring(Instant expires) {
        publish("veche.session.expiring", Map.of("expires", RoomEvents.time(expires)));
    }

    @Override
    public void onPolicyChanged() {
        router.reconsider(session);
    }

    @Override
    public void onExpiryDue() {
        router.reconsiderExpired(session);
    }

    /** A subscription or registration has ended, because it is no longer permitted. */
    void onRevoked(UriAction action, String uri, Match match, String reason) {
        String kind = action == UriAction.REGISTER ? "procedure" : "topic";
        publish("veche.session.removed", Map.of(kind, uri, "match", match.wireName(), "reason", reason));
    }

    private void publish(String topic, Map<String, Object> kwargs) {
        router.broker().publish(topic, new Payload(List.of(), kwargs), to -> to == session);
    }
}
