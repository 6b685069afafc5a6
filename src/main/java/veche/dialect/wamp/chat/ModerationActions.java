package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import veche.room.ModerationAction;

/** Moderators' rulings as dicts of WAMP. */
public final class ModerationActions {
    private ModerationActions() {}

    /** A ruling as the audit has it. */
    static Map<String, Object> dict(ModerationAction action) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("number", action.number());
        dict.put("at", RoomEvents.time(action.at()));
        dict.put("moderator", RoomEvents.dict(action.moderator()));
        dict.put("author", action.author());
        dict.putAll(notice(action));
        RoomEvents.putIfAny(
                dict, "target", action.target() == null ? null : action.target().toString());
        return dict;
    }

    /** The entry {@code sanction} for the author concerned; empty where the ruling is null. */
    public static Map<String, Object> sanction(ModerationAction action) {
        return action == null ? Map.of() : Map.of("sanction", notice(action));
    }

    /** What the author concerned may know: who ruled is not part of it. */
    static Map<String, Object> notice(ModerationAction action) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("action", action.type().wireName());
        dict.put("room", action.room() == null ? null : action.room().value());
        dict.put("reason", action.reason());
        RoomEvents.putIfAny(dict, "until", action.until() == null ? null : RoomEvents.time(action.until()));
        return dict;
    }
}
