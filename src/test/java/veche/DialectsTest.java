package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Credentials;
import veche.identity.Identification;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.limit.FailedLogins;
import veche.limit.Refusals;
import veche.testing.FeatureTable;

/** The authentication methods that are offered to WAMP clients. */
class DialectsTest {
    private static final Credentials STORE =
            (method, realm, authid) -> CompletableFuture.completedFuture(Optional.empty());

    private static final Tokens TOKENS = new Tokens(Issuer.settings(), Runnable::run);

    private static List<String> offered(Tokens tokens, Optional<Credentials> store, String... selected) {
        FailedLogins failures = new FailedLogins(Optional.empty(), Optional::of, new Refusals());
        return new Authenticators(new Identification(tokens), store, failures)
                .offered(List.of(selected)).stream().map(Authenticator::method).toList();
    }

    @Test
    void theTableListsExactlyTheAuthmethodsThatAreOffered() throws IOException {
        assertEquals(
                new TreeSet<>(offered(TOKENS, Optional.of(STORE))),
                FeatureTable.read().announced("authmethods"));
    }

    @Test
    void aMethodIsOfferedIfItsSourceIsConfigured() {
        assertEquals(List.of("anonymous"), offered(Tokens.none(), Optional.empty()));
        assertEquals(List.of("anonymous", "ticket"), offered(TOKENS, Optional.empty()));
        assertEquals(
                List.of("anonymous", "ticket", "wampcra", "wamp-scram", "cryptosign"),
                offered(Tokens.none(), Optional.of(STORE)));
    }

    @Test
    void onlySelectedMethodsAreOffered() {
        assertEquals(
                List.of("wamp-scram", "cryptosign"), offered(TOKENS, Optional.of(STORE), "cryptosign", "wamp-scram"));
    }

    @Test
    void aSelectedMethodWithoutASourceIsRefusedWithTheNameOfTheSetting() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> offered(TOKENS, Optional.empty(), "ticket", "wampcra"));
        assertTrue(failure.getMessage().startsWith("Setting veche.wamp.methods is invalid: the method wampcra"));
    }
}
