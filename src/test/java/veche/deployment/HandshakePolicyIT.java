package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.matrix.Behaviour;
import veche.testing.RawClient;
import veche.testing.RawHandshake;

/** Which origins, versions, subprotocols, rooms and names each server accepts, before the upgrade. */
@ArquillianTest
@RunAsClient
class HandshakePolicyIT extends DeployedWar {
    @ParameterizedTest
    @CsvSource({
        "'soap, wamp', soap",
        "'wamp, soap', wamp",
        "'mqtt, wamp.2.json', wamp.2.json",
        "wamp.2.cbor.batched, wamp.2.cbor.batched"
    })
    void theFirstSupportedSubprotocolInTheClientsOrderIsSelected(String offered, String selected) {
        try (RawClient raw = new RawClient(at("chat"), "Sec-WebSocket-Protocol: " + offered)) {
            assertTrue(raw.response().startsWith("HTTP/1.1 101"), raw.response());
            assertEquals(selected, raw.header("Sec-WebSocket-Protocol"));
        }
        assertEquals(selected, connect(at("chat"), offered.split(", ")).subprotocol());
    }

    @Test
    void noSubprotocolIsSelectedWhenNoneIsOffered() {
        try (RawClient raw = new RawClient(chat())) {
            assertTrue(raw.response().startsWith("HTTP/1.1 101"), raw.response());
            assertEquals(null, raw.header("Sec-WebSocket-Protocol"));
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", raw.header("Sec-WebSocket-Accept"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example, 403",
        "Origin, null, 403",
        "Origin, http://127.0.0.1, 403",
        "Origin, https://127.0.0.1, 403",
        "Sec-WebSocket-Version, 12, 426",
        "Sec-WebSocket-Protocol, unknown-protocol, 400",
        "soap-content-type, application/soap+msbin1, 101"
    })
    void aHeaderFieldHasTheSameEffectOnEveryServer(String field, String value, int expected) {
        int status = RawHandshake.of(chat()).with(field, value).status();
        switch (value) {
            case "http://evil.example" -> Behaviour.FOREIGN_ORIGIN.seen(status);
            case "null" -> Behaviour.NULL_ORIGIN.seen(status);
            case "12" -> Behaviour.WRONG_VERSION.seen(status);
            case "unknown-protocol" -> Behaviour.UNKNOWN_SUBPROTOCOL.seen(status);
            default -> {}
        }
        assertEquals(expected, status);
    }

    @Test
    void theServersOwnOriginIsAccepted() {
        int status = RawHandshake.of(chat()).with("Origin", origin()).status();
        Behaviour.OWN_ORIGIN.seen(status);
        assertEquals(101, status);
    }

    @Test
    void forwardedFieldsOfAnUntrustedClientAreIgnored() {
        RawHandshake forged = RawHandshake.of(chat())
                .with("Origin", "https://evil.example")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "evil.example");
        assertEquals(403, forged.status());
    }

    @Test
    void theResponseToAnUnsupportedVersionNamesTheSupportedOne() {
        String response =
                RawHandshake.of(chat()).with("Sec-WebSocket-Version", "8").response();
        assertTrue(response.toLowerCase(Locale.ROOT).contains("sec-websocket-version: 13"), response);
    }

    @Test
    void aRequestWithoutUpgradeIsAnswered426() {
        String response = RawHandshake.of(chat())
                .without("Upgrade")
                .with("Connection", "close")
                .response();
        Behaviour.NO_UPGRADE.seen(response.split(" ", 3)[1]);
        assertTrue(response.startsWith("HTTP/1.1 426"), response);
        assertTrue(response.toLowerCase(Locale.ROOT).contains("upgrade: websocket"), response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"room=Lobby", "room=", "room=a%20b", "room=%D0%B0", "name=", "name=%00", "guest=short"})
    void anInvalidRoomOrNameIsRejectedBeforeTheUpgrade(String query) {
        int status = RawHandshake.of(at(""), contextPath() + "chat?" + query).status();
        Behaviour.BAD_ROOM.seen(status);
        assertEquals(400, status);
    }

    @Test
    void aSoapClientThatRequestsAnUnsupportedEncodingIsRejected() {
        String response = RawHandshake.of(at("chat"))
                .with("Sec-WebSocket-Protocol", "soap")
                .with("soap-content-type", "application/soap+msbin1")
                .response();
        assertTrue(response.startsWith("HTTP/1.1 400"), response);
    }
}
