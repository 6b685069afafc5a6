package veche.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import veche.identity.BadToken;
import veche.identity.Identification;
import veche.room.Deed;
import veche.room.Rooms;
import veche.room.Visitor;

/**
 * Who may look into the administration, and what there is to see. Thread-safe.
 *
 * @param identification by token or by the container's principal
 * @param rooms whose permissions count
 * @param realm where orders are called
 * @param maxListed how many connections are listed at most ({@code veche.admin.max-listed})
 */
public record AdminDesk(Identification identification, Rooms rooms, String realm, int maxListed) {
    /** Whoever asks. */
    record Caller(Visitor visitor, Set<Deed> may) {}

    /** @throws BadToken where a token is shown that is not taken */
    Caller caller(HttpServletRequest request) {
        List<String> roles = request.getUserPrincipal() == null
                ? List.of()
                : rooms.moderation().permissions().moderators().stream()
                        .filter(request::isUserInRole)
                        .toList();
        Visitor visitor = identification.visitor(new Identification.Presented(
                request.getUserPrincipal() == null
                        ? null
                        : request.getUserPrincipal().getName(),
                roles,
                request.getHeader("Authorization"),
                Map.of(),
                Collections.list(request.getLocales()).get(0)));
        return new Caller(visitor, rooms.moderation().permissions().of(visitor));
    }
}
