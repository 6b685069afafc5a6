package veche.dialect.wamp.router;

import static veche.dialect.wamp.router.SessionMeta.done;

import java.util.LinkedHashMap;
import java.util.Map;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/** The procedures of the registration meta API (advanced profile, "Registration Meta API"). */
final class RegistrationMeta {
    private final Registrations registrations;

    RegistrationMeta(Registrations registrations) {
        this.registrations = registrations;
    }

    void offerTo(Dealer dealer) {
        dealer.offer("wamp.registration.list", (caller, payload) -> done(list()));
        dealer.offer("wamp.registration.lookup", (caller, payload) -> done(lookup(new Arguments(payload))));
        dealer.offer(
                "wamp.registration.match",
                (caller, payload) -> done(registrations
                        .index()
                        .best(new Arguments(payload).required(0, "procedure", String.class))
                        .map(Registration::id)
                        .orElse(null)));
        dealer.offer(
                "wamp.registration.get",
                (caller, payload) -> done(named(payload).details()));
        dealer.offer(
                "wamp.registration.list_callees",
                (caller, payload) -> done(named(payload).callees().stream()
                        .map(callee -> callee.session().id())
                        .toList()));
        dealer.offer(
                "wamp.registration.count_callees",
                (caller, payload) -> done((long) named(payload).callees().size()));
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

    private Long lookup(Arguments arguments) {
        String procedure = arguments.required(0, "procedure", String.class);
        return registrations
                .index()
                .get(Match.of(SubscriptionMeta.options(arguments)), procedure)
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
