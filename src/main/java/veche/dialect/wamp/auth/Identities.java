package veche.dialect.wamp.auth;

import java.util.Locale;
import java.util.Map;
import veche.dialect.wamp.router.Identity;
import veche.room.User;

/** The identities of users in WAMP. */
public final class Identities {
    private Identities() {}

    /**
     * The identity of a user.
     *
     * @param authid the principal's id
     * @param authmethod how it was authenticated
     */
    public static Identity of(User user, String authid, String authmethod) {
        boolean guest = user.provider() == User.Provider.GUEST;
        String role = user.roles().isEmpty()
                ? guest ? "anonymous" : "user"
                : user.roles().get(0);
        String provider = guest ? "static" : user.provider().name().toLowerCase(Locale.ROOT);
        return of(user, authid, role, authmethod, provider, Map.of());
    }

    /** The identity of a user, with all that WELCOME tells of it. */
    public static Identity of(
            User user,
            String authid,
            String authrole,
            String authmethod,
            String authprovider,
            Map<String, Object> authextra) {
        return new Identity(
                authid,
                authrole,
                authmethod,
                authprovider,
                authextra,
                user,
                user.roles(),
                user.provider() == User.Provider.SERVER);
    }

    /** The user of an identity. */
    public static User user(Identity identity) {
        return (User) identity.principal();
    }
}
