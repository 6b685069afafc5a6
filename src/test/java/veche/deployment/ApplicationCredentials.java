package veche.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.TicketLogin;

/** The credential store of an application, with the ticket of one principal. */
@ApplicationScoped
public class ApplicationCredentials implements Credentials {
    static final String TICKET = "bY3kQ8wLz5Rn2pHs6vXd";

    @Override
    public CompletionStage<Optional<Credential>> find(String method, String realm, String authid) {
        return CompletableFuture.completedFuture(Optional.of(authid)
                .filter(name -> name.equals("shop") && method.equals("ticket"))
                .map(name -> new Credential(
                        name,
                        "Shop",
                        List.of("backend"),
                        Optional.empty(),
                        "application",
                        new Credential.Tickets(Set.of(TicketLogin.digest(TICKET))))));
    }
}
