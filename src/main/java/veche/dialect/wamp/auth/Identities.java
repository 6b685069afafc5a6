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
        String provider = user.provider() == User.Provider.GUEST
                ? "static"
                : user.provider().name().toLowerCase(Locale.ROOT);
        return of(user, authid, authrole(user), authmethod, provider, Map.of());
    }

    /** The authrole of a user: the first of its roles, or one for all users without roles. */
    static String authrole(User user) {
        if (user.roles().isEmpty()) {
            return user.provider() == User.Provider.GUEST ? "anonymous" : "user";
        }
        return user.roles().get(0);
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
                authrole(user),
                identity.authmethod(),
                identity.authprovider(),
                identity.authextra());
    }

    /** Returns the user of an identity. */
    public static User user(Identity identity) {
        return (User) identity.principal();
    }
}
