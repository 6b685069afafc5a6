package veche;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.wamp.auth.Authenticator;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.testing.FeatureTable;

class DialectsTest {
    private static List<String> offered() {
        return Dialects.authenticators(new Tokens(Issuer.settings(), Runnable::run)).stream()
                .map(Authenticator::method)
                .toList();
    }

    @Test
    void theTableListsExactlyTheAuthmethodsThatAreOffered() throws IOException {
        assertEquals(
                offered().stream().collect(Collectors.toCollection(TreeSet::new)),
                FeatureTable.read().announced("authmethods"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cra", "scram", "cryptosign"})
    void theTableListsNoMethodWithoutASourceOfSecrets(String method) throws IOException {
        for (String feature : FeatureTable.read().features()) {
            assertFalse(feature.toLowerCase(Locale.ROOT).matches(".*\\b" + method + "\\b.*"), feature);
        }
    }
}
