package veche.dialect.wamp.router;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import veche.room.Author;
import veche.room.Visitor;

/**
 * Who a session is.
 *
 * @param authid the principal
 * @param authrole what it may be
 * @param authmethod how it proved it
 * @param authprovider who vouches
 * @param authextra what WELCOME tells beside
 * @param visitor as whom it uses the rooms
 */
public record Identity(
        String authid,
        String authrole,
        String authmethod,
        String authprovider,
        Map<String, Object> authextra,
        Visitor visitor) {
    /**
     * That visitor, identified by that method.
     *
     * @param authid the principal
     */
    public static Identity of(Visitor visitor, String authid, String authmethod) {
        boolean guest = visitor.provider() == Visitor.Provider.GUEST;
        String role = visitor.roles().isEmpty()
                ? guest ? "anonymous" : "user"
                : visitor.roles().get(0);
        String provider = guest ? "static" : visitor.provider().name().toLowerCase(Locale.ROOT);
        return new Identity(authid, role, authmethod, provider, Map.of(), visitor);
    }

    /** As whom it speaks in rooms. */
    public Author author() {
        return visitor.author();
    }

    /** Whether it has one of these roles. */
    boolean hasAny(Set<String> roles) {
        return roles.contains(authrole) || visitor.roles().stream().anyMatch(roles::contains);
    }
}
