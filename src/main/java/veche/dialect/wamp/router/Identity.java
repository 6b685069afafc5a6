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
 * @param authmethod how it was authenticated
 * @param authprovider what authenticated it
 * @param authextra further details for WELCOME
 * @param principal the authenticated user, for code beside the router
 * @param roles all of its roles
 * @param isServer whether it is code of this server: its roles and the memory that it retains are not checked
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
    /** Whether it has one of these roles. */
    public boolean hasAny(Set<String> some) {
        return some.contains(authrole) || roles.stream().anyMatch(some::contains);
    }
}
