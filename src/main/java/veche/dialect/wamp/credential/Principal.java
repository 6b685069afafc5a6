package veche.dialect.wamp.credential;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    Optional<Credential> credential(String method, String authprovider) {
        return Optional.ofNullable(secrets.get(method))
                .map(secret -> new Credential(authid, name, roles, rooms, authprovider, secret));
    }
}
