package veche.web;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import veche.identity.Identification;
import veche.identity.InvalidTokenException;
import veche.room.Permissions;
import veche.room.Privilege;
import veche.room.Rooms;
import veche.room.User;

/**
 * Judges who may look into the administration. Thread-safe.
 *
 * @param identification by token or by the container's principal
 * @param rooms whose permissions count
 * @param realm where orders are called
 * @param maxListed how many connections are listed at most ({@code veche.admin.max-listed})
 */
public record AdminAccess(Identification identification, Rooms rooms, String realm, int maxListed) {
    /** Somebody who may look in. */
    record Caller(User user, Set<Privilege> may) {}

    /**
     * The answer to whoever asks.
     *
     * @param status 200, or with which HTTP status they are refused
     * @param reason why they are; empty for those who may
     * @param caller null for those who may not
     */
    record Verdict(int status, String reason, Caller caller) {
        private static Verdict refusal(int status, String reason) {
            return new Verdict(status, reason, null);
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

    Verdict judge(HttpServletRequest request) {
        try {
            User user = user(request);
            Set<Privilege> may = permissions().of(user);
            if (may.contains(Privilege.AUDIT) && user.confined()) {
                // What is shown is the node's: connections, closes and figures of every room.
                return Verdict.refusal(
                        HttpServletResponse.SC_FORBIDDEN, "This token moderates its rooms only, not the server");
            }
            if (may.contains(Privilege.AUDIT)) {
                return new Verdict(HttpServletResponse.SC_OK, "", new Caller(user, may));
            }
            return user.provider() == User.Provider.GUEST
                    ? Verdict.refusal(HttpServletResponse.SC_UNAUTHORIZED, "A moderator's token is needed")
                    : Verdict.refusal(HttpServletResponse.SC_FORBIDDEN, "Only moderators may look in here");
        } catch (InvalidTokenException e) {
            return Verdict.refusal(HttpServletResponse.SC_UNAUTHORIZED, e.getMessage());
        } catch (Identification.InvalidIdentityException e) {
            return Verdict.refusal(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
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
                Map.of(),
                Collections.list(request.getLocales()).get(0)));
    }
}
