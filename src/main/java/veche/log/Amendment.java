package veche.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import veche.room.Kind;
import veche.room.Message;
import veche.room.RoomName;

/**
 * What the edits and deletions of one transaction leave of a message: its row keeps the present content alone, so that
 * no read returns what was deleted or replaced.
 *
 * @param last the deletion, or else the newest edit
 */
record Amendment(RoomName room, UUID target, Message last) {
    private record Target(RoomName room, UUID id) {}

    boolean deletes() {
        return last.kind() == Kind.DELETE;
    }

    /** The edit that keeps its text, or null. */
    UUID keptEdit() {
        return deletes() ? null : last.id();
    }

    /** One for each message that is edited or deleted; nothing changes a message after its deletion. */
    static List<Amendment> of(List<Message> added) {
        Map<Target, Amendment> amendments = new LinkedHashMap<>();
        for (Message message : added) {
            if (message.kind() == Kind.EDIT || message.kind() == Kind.DELETE) {
                amendments.merge(
                        new Target(message.room(), message.target()),
                        new Amendment(message.room(), message.target(), message),
                        (before, after) -> before.deletes() ? before : after);
            }
        }
        return new ArrayList<>(amendments.values());
    }
}
