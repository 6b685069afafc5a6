package veche.dialect.wamp.router;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import veche.room.Author;
import veche.room.User;

/**
 * Who a session is.
 *
 * @param authid the principal
 * @param authrole what it may be
 * @param authmethod how it proved it
 * @param authprovider who vouches
 * @param authextra what WELCOME tells beside
 * @param user as whom it uses the rooms
 */
public record Identity(
        String authid,
        String authrole,
        String authmethod,
        String authprovider,
        Map<String, Object> authextra,
        User user) {
    /**
     * That visitor, identified by that method.
     *
     * @param authid the principal
     */
    public static Identity of(User user, String authid, String authmethod) {
        boolean guest = user.provider() == User.Provider.GUEST;
        String role = user.roles().isEmpty()
                ? guest ? "anonymous" : "user"
                : user.roles().get(0);
        String provider = guest ? "static" : user.provider().name().toLowerCase(Locale.ROOT);
        return new Identity(authid, role, authmethod, provider, Map.of(), user);
    }

    /** As whom it speaks in rooms. */
    public Author author() {
        return user.author();
    }

    /** Whether it has one of these roles. */
    boolean hasAny(Set<String> roles) {
        return roles.contains(authrole) || user.roles().stream().anyMatch(roles::contains);
    }
}
