package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import veche.dialect.HandshakeInfo;
import veche.dialect.soap.SoapContentType;
import veche.identity.Identification;
import veche.identity.Issuer;
import veche.identity.TokenSources;
import veche.identity.Tokens;

/**
 * Fuzz target: the request line and the header fields of opening handshakes, as a trusted proxy forwards them. The
 * lines of the input are the path, the query, the offered subprotocols, and header fields.
 */
class HandshakeFuzzTest extends HandshakePolicyFixture {
    private static final Set<Integer> STATUSES = Set.of(400, 401, 403, 421, 426);
    private static final Identification IDENTIFICATION =
            new Identification(new Tokens(Issuer.settings(), Runnable::run), new TokenSources("token", true));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "/chat\nroom=hall&name=Anna&guest=0123456789abcdef\nwamp.2.json\nhost: site.com\norigin: https://friend.example",
                        "/chat/\naccess_token=a.b.c\nsoap\nhost: [::1]:80\nsoap-content-type: application/soap+xml; charset=\"utf-8\"",
                        "/chat;a=b\n%D0%B0=%zz\n\nx-forwarded-host: site.com:443, b\nx-forwarded-proto: https\nx-forwarded-for: ::1, 10.0.0.1",
                        "/chat\n\n\nhost: a\nauthorization: Bearer x\ncookie: a=b; token=\"c\"",
                        "/chat\n\n\nhost: a\norigin: null")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aHandshakeIsAcceptedOrRejectedWithADocumentedStatus(byte[] input) {
        identification = IDENTIFICATION;
        subprotocolChecks = List.of((subprotocol, fields) -> SoapContentType.accepts(fields.get(SoapContentType.HEADER))
                ? Optional.empty()
                : Optional.of(new Rejection(400, "Encoding", Map.of())));
        HandshakeRequest request = request(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
        try {
            checkAccepted(policy().admit(request).handshake());
        } catch (HandshakeRejectedException rejected) {
            checkRejection(rejected.rejection());
        }
        try {
            assertTrue(policy().endpoint(request).toString().startsWith("ws"));
        } catch (HandshakeRejectedException rejected) {
            checkRejection(rejected.rejection());
        }
        ClientAddress.subscriber(policy().client(request));
    }

    private HandshakeRequest request(String[] lines) {
        Map<String, String> fields = new HashMap<>(headers);
        for (int i = 3; i < lines.length; i++) {
            String[] field = lines[i].split(":", 2);
            if (field.length == 2) {
                fields.put(field[0].toLowerCase(Locale.ROOT), field[1].trim());
            }
        }
        List<String> offered = lines.length < 3 || lines[2].isEmpty() ? List.of() : Arrays.asList(lines[2].split(","));
        return new HandshakeRequest(
                "GET",
                "http",
                fields.get("host"),
                lines[0],
                lines.length < 2 || lines[1].isEmpty() ? null : lines[1],
                "10.1.2.3",
                offered,
                fields,
                null,
                List.of(),
                List.of(Locale.ENGLISH));
    }

    private static void checkAccepted(HandshakeInfo handshake) {
        assertFalse(handshake.headers().containsKey("authorization"));
        assertFalse(handshake.headers().containsKey("cookie"));
        assertFalse(handshake.parameters().containsKey("access_token"));
    }

    private static void checkRejection(Rejection rejection) {
        assertTrue(STATUSES.contains(rejection.status()), rejection::toString);
        rejection.headers().values().forEach(value -> assertTrue(value.matches("[ -~]*"), value));
        assertEquals(1, ("reason=" + LogValue.of(rejection.message())).lines().count());
    }
}
