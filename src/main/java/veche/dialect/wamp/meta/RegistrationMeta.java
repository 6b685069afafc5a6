package veche.dialect.wamp.meta;

import static veche.dialect.wamp.router.Procedure.completed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Registration;
import veche.dialect.wamp.router.Registrations;
import veche.dialect.wamp.router.Router;

/** The procedures of the registration meta API (advanced profile, "Registration Meta API"). */
final class RegistrationMeta {
    private final Registrations registrations;

    RegistrationMeta(Registrations registrations) {
        this.registrations = registrations;
    }

    void offerTo(Router router) {
        router.offerMeta("wamp.registration.list", (caller, payload) -> completed(list()));
        router.offerMeta("wamp.registration.lookup", (caller, payload) -> completed(lookup(new Arguments(payload))));
        router.offerMeta(
                "wamp.registration.match",
                (caller, payload) -> completed(registrations
                        .index()
                        .best(new Arguments(payload).required(0, "procedure", String.class))
                        .map(Registration::id)
                        .orElse(null)));
        router.offerMeta(
                "wamp.registration.get",
                (caller, payload) -> completed(named(payload).details()));
        router.offerMeta(
                "wamp.registration.list_callees",
                (caller, payload) -> completed(named(payload).callees().stream()
                        .map(callee -> callee.session().id())
                        .toList()));
        router.offerMeta(
                "wamp.registration.count_callees",
                (caller, payload) -> completed((long) named(payload).callees().size()));
    }

    private Map<String, Object> list() {
        Map<String, Object> ids = new LinkedHashMap<>();
        for (Match match : Match.values()) {
            ids.put(
                    match.wireName(),
                    registrations.index().all(match).stream()
                            .map(Registration::id)
                            .toList());
        }
        return ids;
    }

    private @Nullable Long lookup(Arguments arguments) {
        String procedure = arguments.required(0, "procedure", String.class);
        return registrations
                .index()
                .get(Match.of(MetaArguments.options(arguments)), procedure)
                .map(Registration::id)
                .orElse(null);
    }

    private Registration named(Payload payload) {
        long id = new Arguments(payload).required(0, "registration", Long.class);
        return registrations
                .byId(id)
                .orElseThrow(() -> new WampErrorException(Uri.NO_SUCH_REGISTRATION, "There is no registration " + id));
    }
}
