package veche.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.provider.MethodSource;
import veche.identity.InvalidTokenException;
import veche.identity.Issuer;
import veche.identity.Tokens;
import veche.room.User;

/**
 * JSON Web Tokens. An input that begins with a brace consists of a header and claims, separated by a line break, which
 * are signed; any other is a complete token.
 */
class TokenFuzzTest {
    private static final Tokens TOKENS = new Tokens(Issuer.settings(), Runnable::run);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Stream<byte[]> seeds() {
        return Stream.of(
                        """
                        {"alg":"HS256","typ":"JWT"}
                        {"sub":"ann","exp":4102444800,"name":"Anna","roles":["moderator"],"rooms":["hall"]}""",
                        """
                        {"alg":"HS256","kid":"1","cty":"JWT","crit":["b64"],"b64":false,"zip":"DEF"}
                        {"sub":"ann","exp":4102444800.5,"nbf":0,"iat":0,"iss":"i","aud":["a"],"jti":"1"}""",
                        """
                        {"alg":"none"}
                        {"sub":"ann","exp":1e99}""",
                        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.AAAA",
                        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA")
                .map(Seeds::octets);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aTokenIsAcceptedOrRejected(byte[] input) {
        String token = token(new String(input, StandardCharsets.UTF_8));
        Allocation.assertBounded(token.length(), () -> {
            try {
                check(TOKENS.user(token));
            } catch (InvalidTokenException rejected) {
                checkReason(rejected.getMessage(), token);
            }
        });
    }

    private static void checkReason(String reason, String token) {
        assertTrue(reason.length() <= 200, reason);
        for (String part : token.split("\\.")) {
            assertFalse(part.length() > 16 && reason.contains(part), reason);
        }
    }

    private static void check(User user) {
        assertTrue(user.author().id().startsWith("user:"), user::toString);
        assertFalse(user.author().name().isBlank(), user::toString);
        assertTrue(user.expires().isPresent(), user::toString);
    }

    private static String token(String input) {
        String[] parts = input.split("\n", 2);
        if (!input.startsWith("{") || parts.length < 2) {
            return input;
        }
        String signed =
                BASE64.encodeToString(Seeds.octets(parts[0])) + "." + BASE64.encodeToString(Seeds.octets(parts[1]));
        return signed + "." + BASE64.encodeToString(signature(signed));
    }

    private static byte[] signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Seeds.octets(Issuer.SECRET), "HmacSHA256"));
            return mac.doFinal(Seeds.octets(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
