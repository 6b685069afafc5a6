package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.dialect.wamp.router.Identity;
import veche.room.Author;
import veche.room.RoomName;
import veche.room.User;

/**
 * The credential of a principal.
 *
 * @param name the display name
 * @param roles the principal's roles; the first is the authrole
 * @param rooms the only rooms that the principal may enter; empty for all
 * @param authprovider the authentication provider
 */
public record Credential(
        String authid,
        String name,
        List<String> roles,
        Optional<Set<RoomName>> rooms,
        String authprovider,
        Secret secret) {
    public Credential {
        roles = List.copyOf(roles);
        rooms = rooms.map(Set::copyOf);
    }

    /** The secret or public key against which a proof is verified. */
    public sealed interface Secret {}

    /**
     * {@code ticket}. A digest without salt and iterations: tickets must be random, not passwords.
     *
     * @param digests the SHA-256 digests of the accepted tickets in lower-case hex
     */
    public record Tickets(Set<String> digests) implements Secret {}

    /**
     * {@code wampcra} with a salted secret. The derived key is all that a client needs to authenticate.
     *
     * @param key {@link WampCra#derive derived} from the shared secret
     * @param iterations the PBKDF2 iteration count
     * @param length the length of the derived key in octets
     */
    public record Cra(String key, String salt, int iterations, int length) implements Secret {}

    /**
     * {@code wamp-scram} (RFC 5802 §3; RFC 7677).
     *
     * @param salt the salt in base64
     * @param storedKey the SHA-256 digest of the client key in base64
     * @param serverKey the server key in base64
     */
    public record Scram(KeyDerivation derivation, String salt, String storedKey, String serverKey) implements Secret {}

    /** {@code cryptosign}: Ed25519 public keys in lower-case hex. */
    public record Keys(Set<String> publicKeys) implements Secret {}

    /** The user whom the credential proves. */
    public User user() {
        return new User(new Author("user:" + authid, name), roles, rooms, Optional.empty(), User.Provider.CREDENTIAL);
    }

    Identity identity(String method, Map<String, Object> authextra) {
        User user = user();
        return Identities.of(user, authid, Identities.authrole(user), method, authprovider, authextra);
    }
}
