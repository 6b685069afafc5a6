package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;

/** The roles of a client, each with the features that it announced. */
public record Roles(Map<String, Set<String>> features) {
    private static final Set<String> OF_CLIENTS = Set.of("publisher", "subscriber", "caller", "callee");

    /**
     * Returns the roles in HELLO's Details.
     *
     * @throws ProtocolViolationException where they contain no client role
     */
    public static Roles of(Dict details) {
        Dict roles = details.dict("roles");
        Map<String, Set<String>> features = new HashMap<>();
        for (String role : roles.entries().keySet()) {
            if (OF_CLIENTS.contains(role)) {
                features.put(role, announced(roles.dict(role).dict("features")));
            }
        }
        if (features.isEmpty()) {
            throw new ProtocolViolationException("HELLO announces none of the roles " + OF_CLIENTS);
        }
        return new Roles(features);
    }

    private static Set<String> announced(Dict features) {
        Set<String> announced = new HashSet<>();
        features.entries().forEach((feature, value) -> {
            if (Boolean.TRUE.equals(value)) {
                // The specification uses both spellings.
                announced.add(feature.equals("call_cancelling") ? "call_canceling" : feature);
            }
        });
        return announced;
    }

    /** The features that the client announced for a role. */
    public Set<String> of(String role) {
        return features.getOrDefault(role, Set.of());
    }

    /** Whether the client announced a feature for a role. */
    public boolean supports(String role, String feature) {
        return of(role).contains(feature);
    }
}
