package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks of the client's address in the opening handshake. */
class AddressCheckTest extends HandshakePolicyFixture {
    private final List<String> checked = new ArrayList<>();

    @Test
    void theAddressBehindTrustedProxiesIsChecked() throws Exception {
        addressChecks = List.of(address -> {
            checked.add(address);
            return Optional.empty();
        });
        headers.put("x-forwarded-for", "203.0.113.9");
        admitted(request("10.0.0.1", null));
        admitted(request("203.0.113.7", null));
        assertEquals(List.of("203.0.113.9", "203.0.113.7"), checked);
    }

    @Test
    void aRefusedAddressIsAnsweredBeforeItsCredentialsAreExamined() {
        addressChecks = List.of(address -> Optional.of(new Rejection(429, "Too many", Map.of("Retry-After", "1"))));
        headers.put("authorization", "Bearer nonsense");
        assertEquals(429, rejected(request()).status());
    }
}
