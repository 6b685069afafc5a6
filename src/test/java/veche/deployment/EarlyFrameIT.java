package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.RawClient;

/** Clients that send frames with the handshake, before its response: these are processed after the upgrade. */
@ArquillianTest
@RunAsClient
class EarlyFrameIT extends DeployedWar {
    /** More than the threads in any server's pool. */
    private static final int MANY = 300;

    private static byte[] frame(String text) {
        return RawClient.frame(RawClient.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void framesSentWithTheHandshakeAreProcessed() throws IOException {
        byte[] two = Arrays.copyOf(frame("one"), 2 * frame("one").length);
        System.arraycopy(frame("two"), 0, two, frame("one").length, frame("two").length);
        try (RawClient client = new RawClient(at("chat?room=early"), two)) {
            assertTrue(client.response().startsWith("HTTP/1.1 101"), client.response());
            assertEquals("one", client.next().text());
            assertEquals("two", client.next().text());
            client.send("three");
            assertEquals("three", client.next().text());
        }
    }

    @Test
    void aFrameMayStartWithTheHandshakeAndEndLater() throws IOException {
        byte[] whole = frame("halves");
        try (RawClient client = new RawClient(at("chat?room=early-halves"), Arrays.copyOf(whole, 8))) {
            client.write(Arrays.copyOfRange(whole, 8, whole.length));
            assertEquals("halves", client.next().text());
        }
    }

    @Test
    void aTextToHelloMayBeSentWithTheHandshake() throws IOException {
        try (RawClient client = new RawClient(at("hello"), frame("My name is John"))) {
            assertTrue(client.next().text().contains("John"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat?room=early-unmasked", "hello", "lab/socket"})
    void anUnmaskedFrameSentWithTheHandshakeClosesWith1002(String path) throws IOException {
        byte[] unmasked = {(byte) RawClient.TEXT, 1, 'x'};
        try (RawClient client = new RawClient(at(path), unmasked)) {
            assertEquals(1002, client.closeCode());
        }
    }

    @Test
    void clientsThatSendEarlyAndDisconnectOccupyNoThreadOfTheServer() throws IOException {
        for (int i = 0; i < MANY; i++) {
            new RawClient(at("chat?room=early-many"), frame("gone")).close();
        }
        try (RawClient client = new RawClient(at("chat?room=early-after"))) {
            client.send("still served");
            assertEquals("still served", client.next().text());
        }
    }
}
