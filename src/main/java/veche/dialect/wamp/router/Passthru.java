package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.Map;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;

/** Payloads that the router hands on without knowing what they are (advanced profile, "Payload Passthru Mode"). */
public final class Passthru {
    private static final String FEATURE = "payload_passthru_mode";

    private Passthru() {}

    /** Whether these options say that the payload is opaque. */
    public static boolean used(Dict options) {
        return options.string("ppt_scheme").filter(scheme -> !scheme.isEmpty()).isPresent();
    }

    /** The attributes to hand on. */
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

    /** Whoever sends such a payload has announced that it can. */
    public static void checkAnnounced(Session session, String role, Dict options) {
        if (used(options) && !supported(session, role)) {
            throw new ProtocolViolationException("The " + role + " did not announce " + FEATURE);
        }
    }

    static boolean supported(Session session, String role) {
        return session.roles().supports(role, FEATURE);
    }
}
