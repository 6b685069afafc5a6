package veche.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.Kind;
import veche.room.Message;
import veche.room.RoomName;

/**
 * The net effect of one transaction's edits and deletions on a message. The message's row keeps the current content
 * only, so no read returns deleted or replaced content.
 *
 * @param last the deletion if there is one, otherwise the newest edit
 */
record Amendment(RoomName room, UUID target, Message last) {
    private record Target(RoomName room, UUID id) {}

    boolean deletes() {
        return last.kind() == Kind.DELETE;
    }

    /** The id of the edit that keeps its text, or null. */
    @Nullable
    UUID keptEdit() {
        return deletes() ? null : last.id();
    }

    /** One amendment for each edited or deleted message; later changes to a deleted message have no effect. */
    static List<Amendment> of(List<Message> added) {
        Map<Target, Amendment> amendments = new LinkedHashMap<>();
        for (Message message : added) {
            if (message.kind() == Kind.EDIT || message.kind() == Kind.DELETE) {
                Amendment amendment = new Amendment(message.room(), message.changedId(), message);
                amendments.merge(
                        new Target(amendment.room(), amendment.target()),
                        amendment,
                        (before, after) -> before.deletes() ? before : after);
            }
        }
        return new ArrayList<>(amendments.values());
    }
}
