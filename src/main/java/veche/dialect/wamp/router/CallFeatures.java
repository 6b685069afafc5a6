package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.FEATURE_NOT_SUPPORTED;

import java.util.HashMap;
import java.util.Map;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Registration.Callee;

/** The optional features of a call: what its peers announced, and the details of INVOCATION that depend on it. */
final class CallFeatures {
    private static final String PROGRESSIVE_INVOCATIONS = "progressive_call_invocations";
    private static final String PROGRESSIVE_RESULTS = "progressive_call_results";

    private CallFeatures() {}

    /** Checks that the caller announced the features that a call uses. */
    static void checkAnnounced(Session caller, Dict options) {
        if (options.flag("progress") && !caller.roles().supports("caller", PROGRESSIVE_INVOCATIONS)) {
            throw new ProtocolViolationException("The caller did not announce " + PROGRESSIVE_INVOCATIONS);
        }
    }

    /** Checks that the callee supports the features that a call uses. */
    static void checkSupported(Session callee, Dict options) {
        boolean progressive = callee.roles().supports("callee", PROGRESSIVE_INVOCATIONS)
                && callee.roles().supports("callee", "call_canceling");
        if (options.flag("progress") && !progressive) {
            throw new WampErrorException(
                    FEATURE_NOT_SUPPORTED, "The callee does not support progressive call invocations");
        }
        if (Passthru.used(options) && !Passthru.supported(callee, "callee")) {
            throw new WampErrorException(FEATURE_NOT_SUPPORTED, "The callee does not support payload passthru mode");
        }
    }

    /**
     * Whether a callee sends progressive results. The advanced profile also requires call canceling of such a callee.
     * This is not checked: the reference client, npm's autobahn, announces progressive results without it, and its
     * procedures fail where the flag is missing.
     */
    private static boolean sendsProgress(Session callee) {
        return callee.roles().supports("callee", PROGRESSIVE_RESULTS);
    }

    /** Returns the entries of INVOCATION's Details. */
    static Map<String, Object> details(Session caller, Call request, Registration registration, Callee callee) {
        Map<String, Object> details = new HashMap<>(Passthru.of(request.options()));
        if (registration.match() != Match.EXACT) {
            details.put("procedure", request.procedure());
        }
        if (request.options().flag("receive_progress") && sendsProgress(callee.session())) {
            details.put("receive_progress", true);
        }
        if (request.options().flag("disclose_me") || callee.disclosesCaller()) {
            details.put("caller", caller.id());
            details.put("caller_authid", caller.identity().authid());
            details.put("caller_authrole", caller.identity().authrole());
        }
        return details;
    }
}
