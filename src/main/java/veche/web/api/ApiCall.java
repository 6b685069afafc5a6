package veche.web.api;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.RoomSession;

/**
 * A request of an identified user for an operation.
 *
 * @param variables the variables of the path
 * @param session the caller's access to the rooms
 */
record ApiCall(ApiRequest request, Map<String, String> variables, RoomSession session) {
    String variable(String name) {
        return Objects.requireNonNull(variables.get(name));
    }

    RoomName room() {
        return new RoomName(variable("room"));
    }

    Author author() {
        return session.user().author();
    }

    Map<String, @Nullable Object> object() {
        return request.object(ApiRequest.json());
    }
}
