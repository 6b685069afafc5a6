package veche.dialect.wamp.auth;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/**
 * Reserves procedures on which the server relies: only administrators and the server register and call them, so that no
 * other session receives their arguments or guesses by calling them. That includes patterns that match them. Immutable.
 *
 * @param uris the procedures
 * @param administrators the roles that may register and call them
 * @param policy decides on all other uses
 */
public record ProtectedProcedures(Set<String> uris, Set<String> administrators, UriPolicy policy) implements UriPolicy {
    public ProtectedProcedures {
        uris = Set.copyOf(uris);
        administrators = Set.copyOf(administrators);
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        return grant(user, "", action, uri, match);
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, String address, UriAction action, String uri, Match match) {
        boolean reserved = (action == UriAction.REGISTER || action == UriAction.CALL)
                && uris.stream().anyMatch(each -> match.matches(uri, each));
        return reserved && user.roles().stream().noneMatch(administrators::contains)
                ? UriGrant.decided(false)
                : policy.grant(user, address, action, uri, match);
    }
}
