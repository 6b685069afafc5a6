package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.router.Identity;
import veche.room.Author;
import veche.room.User;

/**
 * The credential of a principal.
 *
 * @param name the display name
 * @param authrole the role granted to the principal
 * @param authprovider the authentication provider
 */
public record Credential(String authid, String name, String authrole, String authprovider, Secret secret) {
    /** The secret or public key against which a proof is verified. */
    public sealed interface Secret {}

    /** {@code ticket}: the ticket itself. */
    public record Ticket(String ticket) implements Secret {}

    /**
     * {@code wampcra}.
     *
     * @param key the shared secret, or {@link WampCra#derive derived} from it if there is a salt
     * @param salt the salt, or null
     * @param iterations the PBKDF2 iteration count
     * @param length the length of the derived key in octets
     */
    public record Cra(String key, @Nullable String salt, int iterations, int length) implements Secret {}

    /**
     * {@code wamp-scram} with PBKDF2 (RFC 5802 §3; RFC 7677).
     *
     * @param salt the salt in base64
     * @param storedKey the SHA-256 digest of the client key in base64
     * @param serverKey the server key in base64
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
