package veche.dialect.wamp.router;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The identity of a session (advanced profile, "Authentication").
 *
 * @param authid the principal's id
 * @param authrole the first of its roles
 * @param authmethod the authentication method
 * @param authprovider the authentication provider
 * @param authextra further details for WELCOME
 * @param principal the authenticated user, for code outside the router
 * @param roles all of its roles
 * @param isServer whether the session belongs to the server itself: its roles and retained memory are not checked
 */
public record Identity(
        String authid,
        String authrole,
        String authmethod,
        String authprovider,
        Map<String, Object> authextra,
        Principal principal,
        List<String> roles,
        boolean isServer) {
    /** Whether the session has one of the given roles. */
    public boolean hasAny(Set<String> some) {
        return some.contains(authrole) || roles.stream().anyMatch(some::contains);
    }
}
