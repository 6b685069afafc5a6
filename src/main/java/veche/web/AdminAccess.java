package veche.web;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.identity.Identification;
import veche.identity.InvalidTokenException;
import veche.room.Permissions;
import veche.room.RefusedException;
import veche.room.Rooms;
import veche.room.User;
import veche.room.access.Privilege;

/**
 * Authorizes access to the administration. Thread-safe.
 *
 * @param identification identifies the caller by bearer token or by the container's principal
 * @param rooms the rooms whose moderation defines the permissions
 * @param realm the WAMP realm in which the page calls the moderation procedures
 * @param maxListed maximum number of listed connections ({@code veche.admin.max-listed})
 */
public record AdminAccess(Identification identification, Rooms rooms, String realm, int maxListed) {
    /** An authorized user and its privileges. */
    record Caller(User user, Set<Privilege> privileges) {}

    /**
     * The authorization decision on a request.
     *
     * @param status 200 if access is granted, otherwise the HTTP status of the refusal
     * @param reason the reason of the refusal; empty if access is granted
     * @param caller the authorized caller; null if access is refused
     */
    record Decision(int status, String reason, @Nullable Caller caller) {
        private static Decision refusal(int status, String reason) {
            return new Decision(status, reason, null);
        }

        String json() {
            JsonObjectBuilder json =
                    Json.createObjectBuilder().add("status", status).add("reason", reason);
            if (caller != null) {
                json.add("name", caller.user().author().name());
            }
            return json.build().toString();
        }
    }

    Decision decide(HttpServletRequest request) {
        try {
            User user = user(request);
            rooms.revocations().check(user);
            Set<Privilege> privileges = permissions().of(user);
            if (privileges.contains(Privilege.AUDIT) && user.confined()) {
                // The administration shows data of the whole node: connections, closes and counters of every room.
                return Decision.refusal(
                        HttpServletResponse.SC_FORBIDDEN, "This token moderates its rooms only, not the server");
            }
            if (privileges.contains(Privilege.AUDIT)) {
                return new Decision(HttpServletResponse.SC_OK, "", new Caller(user, privileges));
            }
            return user.provider() == User.Provider.GUEST
                    ? Decision.refusal(HttpServletResponse.SC_UNAUTHORIZED, "A moderator's token is required")
                    : Decision.refusal(HttpServletResponse.SC_FORBIDDEN, "Access is restricted to moderators");
        } catch (InvalidTokenException | RefusedException e) {
            return Decision.refusal(HttpServletResponse.SC_UNAUTHORIZED, Objects.toString(e.getMessage()));
        } catch (Identification.InvalidIdentityException e) {
            return Decision.refusal(HttpServletResponse.SC_BAD_REQUEST, Objects.toString(e.getMessage()));
        }
    }

    private Permissions permissions() {
        return rooms.moderation().permissions();
    }

    private User user(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        List<String> roles = principal == null
                ? List.of()
                : permissions().moderators().stream()
                        .filter(request::isUserInRole)
                        .toList();
        return identification.user(new Identification.Presented(
                principal == null ? null : principal.getName(),
                roles,
                request.getHeader("Authorization"),
                null, // a cookie would let other sites' pages act
                Map.of(),
                Collections.list(request.getLocales()).get(0)));
    }
}
