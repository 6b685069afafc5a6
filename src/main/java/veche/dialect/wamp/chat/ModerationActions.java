package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.room.ModerationAction;

/** Converts moderation actions to WAMP dicts. */
public final class ModerationActions {
    private ModerationActions() {}

    /** An action with all its fields, as the audit log returns it. */
    static Map<String, Object> dict(ModerationAction action) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("number", action.number());
        dict.put("at", RoomEvents.time(action.at()));
        dict.put("moderator", RoomEvents.dict(action.moderator().author()));
        RoomEvents.putIfAny(dict, "author", action.author().isEmpty() ? null : action.author());
        RoomEvents.putIfAny(
                dict,
                "address",
                action.address() == null ? null : action.address().toString());
        dict.putAll(notice(action));
        RoomEvents.putIfAny(
                dict, "target", action.target() == null ? null : action.target().toString());
        return dict;
    }

    /** The same with the address of the moderator, if it is known. */
    static Map<String, Object> addressed(ModerationAction action) {
        Map<String, Object> dict = dict(action);
        if (!action.moderator().address().isEmpty()) {
            dict.put("moderator_address", action.moderator().address());
        }
        return dict;
    }

    /** The details for the sanctioned author; empty if no moderation action is given. */
    public static Map<String, Object> sanction(@Nullable ModerationAction action) {
        return action == null ? Map.of() : Map.of("sanction", notice(action));
    }

    /** The fields that are disclosed to the sanctioned author; the moderator is not among them. */
    static Map<String, Object> notice(ModerationAction action) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("action", action.type().wireName());
        dict.put("room", action.room() == null ? null : action.room().value());
        dict.put("reason", action.reason());
        RoomEvents.putIfAny(
                dict,
                "interval",
                action.interval() == null ? null : action.interval().toSeconds());
        RoomEvents.putIfAny(dict, "until", action.until() == null ? null : RoomEvents.time(action.until()));
        return dict;
    }
}
