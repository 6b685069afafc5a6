package veche.dialect.wamp.meta;

import java.util.Map;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.router.Arguments;

/** Arguments common to several meta procedures. */
final class MetaArguments {
    private MetaArguments() {}

    /** The second argument: the options of a subscription or registration. */
    @SuppressWarnings("unchecked")
    static Dict options(Arguments arguments) {
        return arguments
                .any(1, "options", Map.class)
                .map(options -> new Dict((Map<String, Object>) options))
                .orElse(Dict.EMPTY);
    }
}
