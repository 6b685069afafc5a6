package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.PROCEDURE_ALREADY_EXISTS;
import static veche.dialect.wamp.message.Uri.PROCEDURE_EXISTS_WITH_DIFFERENT_POLICY;

import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Registration.Callee;
import veche.dialect.wamp.router.Registration.Policy;

/** The rules by which registrations exclude each other (advanced profile, "Shared Registration"). */
public final class RegistrationConflicts {
    private RegistrationConflicts() {}

    /** Numbered callees of other sessions do not exclude this one: the coordinator has decided on them. */
    static void check(Registration existing, Callee callee) {
        for (Callee other : existing.callees()) {
            if (other.session() == callee.session()) {
                throw refused(existing.uri(), callee.policy(), callee.policy());
            }
            boolean compatible = other.policy() == callee.policy() && callee.policy() != Policy.SINGLE;
            if (!other.isNumbered() && !compatible) {
                throw refused(existing.uri(), callee.policy(), other.policy());
            }
        }
    }

    /**
     * The error of a registration that others exclude.
     *
     * @param existing their policy
     */
    public static WampErrorException refused(String procedure, Policy requested, Policy existing) {
        return requested == existing
                ? new WampErrorException(PROCEDURE_ALREADY_EXISTS, "'" + procedure + "' is already registered")
                : new WampErrorException(
                        PROCEDURE_EXISTS_WITH_DIFFERENT_POLICY,
                        "'" + procedure + "' is registered with policy " + existing.wireName());
    }
}
