package veche;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.Cryptosign;
import veche.dialect.wamp.auth.Scram;
import veche.dialect.wamp.auth.ThrottledLogin;
import veche.dialect.wamp.auth.TicketLogin;
import veche.dialect.wamp.auth.TicketOrToken;
import veche.dialect.wamp.auth.TokenLogin;
import veche.dialect.wamp.auth.WampCra;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;
import veche.identity.Identification;
import veche.limit.FailedLogins;

/**
 * The sources by which WAMP clients authenticate.
 *
 * @param identification verifies tokens and identifies guests
 * @param credentials the credential store; empty if there is none
 * @param failures limits the failed logins of an address
 */
record Authenticators(Identification identification, Optional<Credentials> credentials, FailedLogins failures) {
    /**
     * Returns the methods to offer.
     *
     * @param selected their names; empty for all that have a source
     * @throws IllegalArgumentException if a selected method has no source
     */
    List<Authenticator> offered(List<String> selected) {
        List<Authenticator> configured = configured();
        List<String> names = configured.stream().map(Authenticator::method).toList();
        for (String method : selected) {
            if (!names.contains(method)) {
                throw new IllegalArgumentException("Setting veche.wamp.methods is invalid: the method " + method
                        + " does not exist or is not configured; configured are " + names);
            }
        }
        return configured.stream()
                .filter(method -> selected.isEmpty() || selected.contains(method.method()))
                .toList();
    }

    private List<Authenticator> configured() {
        List<Authenticator> methods = new ArrayList<>();
        methods.add(new Anonymous(identification));
        ticket().map(this::throttled).ifPresent(methods::add);
        credentials.ifPresent(store -> {
            methods.add(throttled(new WampCra(store, new Json(DecodingLimits.DEFAULT))));
            methods.add(throttled(new Scram(store)));
            methods.add(throttled(new Cryptosign(store)));
        });
        return methods;
    }

    private Optional<Authenticator> ticket() {
        Optional<TicketLogin> tickets = credentials.map(TicketLogin::new);
        Optional<TokenLogin> logins = identification.tokens().enabled()
                ? Optional.of(new TokenLogin(identification.tokens()))
                : Optional.empty();
        if (tickets.isPresent() && logins.isPresent()) {
            return Optional.of(new TicketOrToken(logins.get(), tickets.get()));
        }
        return logins.<Authenticator>map(login -> login).or(() -> tickets);
    }

    private Authenticator throttled(Authenticator method) {
        return new ThrottledLogin(method, failures);
    }
}
