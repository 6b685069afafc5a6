package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.RawClient;

/** Messages of the subprotocols that would cost the server more than the client. */
@ArquillianTest
@RunAsClient
class HostileMessagesIT extends DeployedWar {
    private static final String HEADERS =
            "<a:Action s:mustUnderstand=\"1\">urn:veche:chat:1/Send</a:Action><a:MessageID>urn:example:1</a:MessageID>";
    private static final String SEND = "<Send xmlns=\"urn:veche:chat:1\"><room>tea</room><text>&lol9;</text></Send>";

    private RawClient connect(String subprotocol) {
        return new RawClient(chat(), "Sec-WebSocket-Protocol: " + subprotocol);
    }

    private static String envelope(String headers, String body) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header>" + headers + "</s:Header><s:Body>"
                + body
                + "</s:Body></s:Envelope>";
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.json.batched", "wamp"})
    void deeplyNestedJsonClosesWith1002(String subprotocol) throws IOException {
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"));
                RawClient attacker = connect(subprotocol)) {
            attacker.send("[".repeat(500_000) + (subprotocol.endsWith("batched") ? "\u001e" : ""));
            assertEquals(1002, attacker.closeCode());
            bystanders.assertUndisturbed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.2.msgpack 91",
                "wamp.2.cbor 81",
                "wamp.2.cbor c1",
                "wamp.2.msgpack ddffffffff",
                "wamp.2.cbor 9affffffff"
            })
    void deeplyNestedBinaryFormatsCloseWith1002(String attack) throws IOException {
        String[] parts = attack.split(" ");
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"));
                RawClient attacker = connect(parts[0])) {
            attacker.send(RawClient.BINARY, HexFormat.of().parseHex(parts[1].repeat(1_000_000 / parts[1].length())));
            assertEquals(1002, attacker.closeCode());
            bystanders.assertUndisturbed();
        }
    }

    /** Entities that expand to gigabytes, and external ones. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDocumentTypeIsAnsweredWithAFaultAndNothingIsExpanded(boolean internal) throws IOException {
        StringBuilder entities = new StringBuilder("<!ENTITY lol0 \"lol\">");
        IntStream.rangeClosed(1, 9)
                .forEach(
                        i -> entities.append("<!ENTITY lol" + i + " \"" + ("&lol" + (i - 1) + ";").repeat(10) + "\">"));
        String external = "<!ENTITY lol9 SYSTEM \"file:///etc/passwd\">";
        String type = "<!DOCTYPE s:Envelope [" + (internal ? entities : external) + "]>";
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"));
                RawClient attacker = connect("soap")) {
            attacker.send(type + envelope(HEADERS, SEND));
            assertFault(attacker);
            assertServed(attacker);
            bystanders.assertUndisturbed();
        }
    }

    @Test
    void deeplyNestedAndWideXmlIsAnsweredWithAFault() throws IOException {
        try (Bystanders bystanders = new Bystanders(at("chat?room=" + room + "-bystanders"));
                RawClient attacker = connect("soap")) {
            attacker.send(envelope(HEADERS, "<a>".repeat(100_000) + "</a>".repeat(100_000)));
            assertFault(attacker);
            attacker.send(envelope(HEADERS, "<x/>".repeat(200_000)));
            assertFault(attacker);
            String attributes = IntStream.range(0, 30_000)
                    .mapToObj(i -> " a" + i + "=\"\"")
                    .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                    .toString();
            attacker.send(envelope(HEADERS, "<x" + attributes + "/>"));
            assertFault(attacker);
            assertServed(attacker);
            bystanders.assertUndisturbed();
        }
    }

    private static void assertFault(RawClient attacker) throws IOException {
        String answer = attacker.nextText();
        assertTrue(answer.contains(":Fault>") && answer.contains("Sender"), answer);
        assertTrue(!answer.contains("root:") && answer.length() < 10_000, answer);
    }

    private static void assertServed(RawClient client) throws IOException {
        client.send(
                RawClient.TEXT, envelope(HEADERS, SEND.replace("&lol9;", "hi")).getBytes(StandardCharsets.UTF_8));
        String answer = client.nextText();
        assertTrue(answer.contains("SendResponse"), answer);
    }
}
