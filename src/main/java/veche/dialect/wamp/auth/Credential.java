package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.dialect.wamp.router.Identity;
import veche.room.Author;
import veche.room.User;

/**
 * What is known of one principal.
 *
 * @param name what others are shown
 * @param authrole what it may be
 * @param authprovider who vouches
 */
public record Credential(String authid, String name, String authrole, String authprovider, Secret secret) {
    /** What a proof is checked against. */
    public sealed interface Secret {}

    /** {@code ticket}: the ticket itself. */
    public record Ticket(String ticket) implements Secret {}

    /**
     * {@code wampcra}.
     *
     * @param key the shared secret, or {@link WampCra#derive derived} from it where there is a salt
     * @param salt the salt, or null
     * @param iterations of PBKDF2
     * @param length of the derived key, in octets
     */
    public record Cra(String key, String salt, int iterations, int length) implements Secret {}

    /**
     * {@code wamp-scram} with PBKDF2 (RFC 5802 §3; RFC 7677).
     *
     * @param salt as octets, in base64
     * @param storedKey SHA-256 of the client's key, in base64
     * @param serverKey in base64
     */
    public record Scram(String salt, int iterations, String storedKey, String serverKey) implements Secret {}

    /** {@code cryptosign}: Ed25519 public keys in lower-case hex. */
    public record Keys(Set<String> publicKeys) implements Secret {}

    Identity identity(String method, Map<String, Object> authextra) {
        User user = new User(
                new Author("user:" + authid, name),
                List.of(authrole),
                Optional.empty(),
                Optional.empty(),
                User.Provider.TOKEN);
        return Identities.of(user, authid, authrole, method, authprovider, authextra);
    }
}
