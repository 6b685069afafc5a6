package veche.dialect.wamp.auth;

import java.util.Locale;
import java.util.Map;
import veche.dialect.wamp.router.Identity;
import veche.room.User;

/** Creates the WAMP identities of users. */
public final class Identities {
    private Identities() {}

    /**
     * Returns the identity of a user.
     *
     * @param authid the ID of the principal
     * @param authmethod the method by which the user was authenticated
     */
    public static Identity of(User user, String authid, String authmethod) {
        boolean guest = user.provider() == User.Provider.GUEST;
        String role = user.roles().isEmpty()
                ? guest ? "anonymous" : "user"
                : user.roles().get(0);
        String provider = guest ? "static" : user.provider().name().toLowerCase(Locale.ROOT);
        return of(user, authid, role, authmethod, provider, Map.of());
    }

    /** Returns the identity of a user with all details that WELCOME contains. */
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

    /** Returns the identity of the same principal with newer credentials. */
    public static Identity renewed(Identity identity, User user) {
        return of(
                user,
                identity.authid(),
                of(user, identity.authid(), identity.authmethod()).authrole(),
                identity.authmethod(),
                identity.authprovider(),
                identity.authextra());
    }

    /** Returns the user of an identity. */
    public static User user(Identity identity) {
        return (User) identity.principal();
    }
}
