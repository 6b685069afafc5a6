package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.Map;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;

/** Payloads that the router forwards without interpreting them (advanced profile, "Payload Passthru Mode"). */
public final class Passthru {
    private static final String FEATURE = "payload_passthru_mode";

    private Passthru() {}

    /** Whether the options declare the payload as opaque. */
    public static boolean used(Dict options) {
        return options.string("ppt_scheme").filter(scheme -> !scheme.isEmpty()).isPresent();
    }

    /** Returns the attributes to forward. */
    static Map<String, Object> of(Dict options) {
        if (!used(options)) {
            return Map.of();
        }
        Map<String, Object> attributes = new HashMap<>();
        options.entries().forEach((key, value) -> {
            if (key.startsWith("ppt_")) {
                attributes.put(key, value);
            }
        });
        return attributes;
    }

    /**
     * Checks that the sender of an opaque payload has announced the feature.
     *
     * @throws ProtocolViolationException where it has not
     */
    public static void checkAnnounced(Session session, String role, Dict options) {
        if (used(options) && !supported(session, role)) {
            throw new ProtocolViolationException("The " + role + " did not announce " + FEATURE);
        }
    }

    static boolean supported(Session session, String role) {
        return session.roles().supports(role, FEATURE);
    }
}
