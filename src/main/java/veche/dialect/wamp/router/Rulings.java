package veche.dialect.wamp.router;

import java.util.LinkedHashMap;
import java.util.Map;
import veche.room.Ruling;

/** Moderators' rulings as dicts of WAMP. */
public final class Rulings {
    private Rulings() {}

    /** A ruling as the audit has it. */
    static Map<String, Object> dict(Ruling ruling) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("number", ruling.number());
        dict.put("at", RoomEvents.time(ruling.at()));
        dict.put("moderator", RoomEvents.dict(ruling.moderator()));
        dict.put("author", ruling.author());
        dict.putAll(notice(ruling));
        RoomEvents.putIfAny(
                dict, "target", ruling.target() == null ? null : ruling.target().toString());
        return dict;
    }

    /** The entry {@code sanction} for the author concerned; empty where the ruling is null. */
    public static Map<String, Object> sanction(Ruling ruling) {
        return ruling == null ? Map.of() : Map.of("sanction", notice(ruling));
    }

    /** What the author concerned may know: who ruled is not part of it. */
    static Map<String, Object> notice(Ruling ruling) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("action", ruling.action().wireName());
        dict.put("room", ruling.room() == null ? null : ruling.room().value());
        dict.put("reason", ruling.reason());
        RoomEvents.putIfAny(dict, "until", ruling.until() == null ? null : RoomEvents.time(ruling.until()));
        return dict;
    }
}
