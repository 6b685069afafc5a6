package veche.dialect.wamp.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzz target: credential files. */
class CredentialFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        CredentialFileTest.VALID,
                        "{\"decoyKey\": \"AAECAwQFBgcICQoLDA0ODw==\", \"principals\": {\"ann\": {}}}",
                        "{\"decoyKey\": \"AAECAwQFBgcICQoLDA0ODw==\", \"principals\": {\"\\u0000\": {\"rooms\": [\"A\"]}}}",
                        "[".repeat(2000),
                        "{\"principals\": {\"ann\": {\"wampcra\": {\"keylen\": 1e999999999}}}}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aFileIsRejectedOrReadTheSameTwice(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Principals principals;
        try {
            principals = CredentialReader.read(text);
        } catch (IllegalArgumentException rejected) {
            assertFalse(rejected.getMessage().isBlank());
            return;
        }
        assertEquals(Set.of(), principals.withdrawnBy(CredentialReader.read(text)));
    }
}
