package veche.dialect.wamp.credential;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.auth.Credential;
import veche.room.RoomName;

/**
 * A principal of the store.
 *
 * @param name the display name
 * @param roles the roles; the first is the authrole
 * @param rooms the only rooms that the principal may enter; empty for all
 * @param secrets the secrets by method
 */
record Principal(
        String authid,
        String name,
        List<String> roles,
        Optional<Set<RoomName>> rooms,
        Map<String, Credential.Secret> secrets) {
    Principal {
        roles = List.copyOf(roles);
        rooms = rooms.map(Set::copyOf);
        secrets = Map.copyOf(secrets);
    }

    /** Whether this version of a principal has the same rights as an earlier one, and every secret of it. */
    boolean includes(Principal earlier) {
        return roles.equals(earlier.roles)
                && rooms.equals(earlier.rooms)
                && earlier.secrets.entrySet().stream()
                        .allMatch(each -> includes(secrets.get(each.getKey()), each.getValue()));
    }

    private static boolean includes(Credential.@Nullable Secret later, Credential.Secret earlier) {
        if (later instanceof Credential.Tickets tickets && earlier instanceof Credential.Tickets before) {
            return tickets.digests().containsAll(before.digests());
        }
        if (later instanceof Credential.Keys keys && earlier instanceof Credential.Keys before) {
            return keys.publicKeys().containsAll(before.publicKeys());
        }
        return earlier.equals(later);
    }

    Optional<Credential> credential(String method, String authprovider) {
        return Optional.ofNullable(secrets.get(method))
                .map(secret -> new Credential(authid, name, roles, rooms, authprovider, secret));
    }
}
