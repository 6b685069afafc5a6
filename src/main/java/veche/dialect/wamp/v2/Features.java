package veche.dialect.wamp.v2;

import java.util.LinkedHashMap;
import java.util.Map;

/** The features that WELCOME announces; only features that tests cover. */
final class Features {
    private static final Map<String, Object> BROKER = features(
            "event_history",
            "event_retention",
            "pattern_based_subscription",
            "payload_passthru_mode",
            "publisher_exclusion",
            "publisher_identification",
            "session_meta_api",
            "subscriber_blackwhite_listing",
            "subscription_meta_api",
            "subscription_revocation");

    private static final Map<String, Object> DEALER = features(
            "call_canceling",
            "call_timeout",
            "caller_identification",
            "pattern_based_registration",
            "payload_passthru_mode",
            "progressive_call_invocations",
            "progressive_call_results",
            "registration_meta_api",
            "registration_revocation",
            "session_meta_api",
            "shared_registration",
            "testament_meta_api");

    /** The value of WELCOME.Details.roles. */
    static final Map<String, Object> ROLES = Map.of("broker", BROKER, "dealer", DEALER);

    private Features() {}

    private static Map<String, Object> features(String... names) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (String name : names) {
            features.put(name, true);
        }
        return Map.of("features", features);
    }
}
