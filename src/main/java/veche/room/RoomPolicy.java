package veche.room;

import java.util.concurrent.CompletionStage;
import veche.room.access.Grant;

/**
 * Determines the privileges of users in rooms. An application can replace the built-in policy, which applies
 * {@code veche.rules}, by a CDI bean of this type. Implementations are thread-safe and must not block.
 *
 * <p>A grant is cached per connection until it expires or the policies change ({@link Rooms#policyChanged}). A
 * connection leaves a room to which its user loses access. A grant cannot exceed the access of guests
 * ({@code veche.guests}) or the rooms of a token; roles in {@code veche.moderator-roles} moderate regardless of it,
 * in the rooms that they may enter. Privileges of moderation in a grant are effective in its room.
 */
public interface RoomPolicy {
    /**
     * Returns the grant of a user in a room, whether or not the room exists. If the stage fails, the operation is
     * refused as {@link RefusedException.Reason#BUSY} and the policy is consulted again at the next one.
     */
    CompletionStage<Grant> grant(User user, RoomName room);

    /**
     * As {@link #grant(User, RoomName)}, which it calls by default.
     *
     * @param address the client's IP address; empty if unknown
     */
    default CompletionStage<Grant> grant(User user, RoomName room, String address) {
        return grant(user, room);
    }

    /**
     * Whether the user may read any room whose name starts with the given text; such a room need not exist. If false,
     * subscriptions to all these rooms are rejected.
     */
    default boolean mayReadAny(User user, String beginning) {
        return true;
    }
}
