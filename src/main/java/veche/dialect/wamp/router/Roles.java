package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;

/** What a client can: its roles, each with the features it announced. */
public record Roles(Map<String, Set<String>> features) {
    private static final Set<String> OF_CLIENTS = Set.of("publisher", "subscriber", "caller", "callee");

    /** As HELLO's Details have it; a {@link ProtocolViolationException} where they name no client role. */
    public static Roles of(Dict details) {
        Dict roles = details.dict("roles");
        Map<String, Set<String>> features = new HashMap<>();
        for (String role : roles.entries().keySet()) {
            if (OF_CLIENTS.contains(role)) {
                features.put(role, announced(roles.dict(role).dict("features")));
            }
        }
        if (features.isEmpty()) {
            throw new ProtocolViolationException("HELLO names none of the roles " + OF_CLIENTS);
        }
        return new Roles(features);
    }

    private static Set<String> announced(Dict features) {
        Set<String> announced = new HashSet<>();
        features.entries().forEach((feature, value) -> {
            if (Boolean.TRUE.equals(value)) {
                // The specification writes it both ways.
                announced.add(feature.equals("call_cancelling") ? "call_canceling" : feature);
            }
        });
        return announced;
    }

    /** Whether this role announced that feature. */
    public boolean supports(String role, String feature) {
        return features.getOrDefault(role, Set.of()).contains(feature);
    }
}
