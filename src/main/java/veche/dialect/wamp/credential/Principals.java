package veche.dialect.wamp.credential;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Decoys;

/** The principals of a store. Immutable. */
final class Principals {
    static final String CRYPTOSIGN = "cryptosign";

    private final Map<String, Principal> byAuthid = new HashMap<>();
    private final Map<String, Principal> byPublicKey = new HashMap<>();
    private final Decoys decoys;

    /**
     * @param decoyKey the key of the decoys
     * @throws IllegalArgumentException if two principals have the same authid or public key
     */
    Principals(Collection<Principal> all, byte[] decoyKey) {
        for (Principal principal : all) {
            add(byAuthid, principal.authid(), principal);
            publicKeys(principal).forEach(key -> add(byPublicKey, key, principal));
        }
        List<Credential.Secret> secrets = all.stream()
                .flatMap(principal -> principal.secrets().values().stream())
                .toList();
        decoys = new Decoys(decoyKey, secrets);
    }

    private static void add(Map<String, Principal> index, String key, Principal principal) {
        if (index.put(key, principal) != null) {
            throw new IllegalArgumentException("The authid or public key " + key + " is not unique");
        }
    }

    private static Stream<String> publicKeys(Principal principal) {
        return principal.secrets().get(CRYPTOSIGN) instanceof Credential.Keys keys
                ? keys.publicKeys().stream()
                : Stream.empty();
    }

    /** Finds by authid, or for {@code cryptosign} by public key. */
    Optional<Principal> find(String method, String authid) {
        Principal named = byAuthid.get(authid);
        return Optional.ofNullable(named == null && method.equals(CRYPTOSIGN) ? byPublicKey.get(authid) : named);
    }

    /** The authids whose rights or secrets are not all in a later version of the store. */
    Set<String> withdrawnBy(Principals later) {
        if (later == this) {
            return Set.of();
        }
        return byAuthid.values().stream()
                .filter(principal -> {
                    Principal changed = later.byAuthid.get(principal.authid());
                    return changed == null || !changed.includes(principal);
                })
                .map(Principal::authid)
                .collect(Collectors.toUnmodifiableSet());
    }

    Decoys decoys() {
        return decoys;
    }
}
