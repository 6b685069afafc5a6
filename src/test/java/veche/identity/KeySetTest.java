package veche.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySetTest {
    @ParameterizedTest
    @CsvSource({
        "https://issuer.example/jwks, https://issuer.example/jwks",
        "https://veche:password@issuer.example/jwks, https://issuer.example/jwks",
        "https://issuer.example/jwks?key=password#x, https://issuer.example/jwks",
        "https://a@b:password@issuer.example?x=@, https://issuer.example",
        "/etc/veche/jwks.json, /etc/veche/jwks.json"
    })
    void theLoggedSourceHasNoPassword(String source, String logged) {
        assertEquals(logged, KeySource.withoutSecrets(source));
    }
}
