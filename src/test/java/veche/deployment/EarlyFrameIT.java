package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not await the answer to their handshake: what they send with it is read after it. */
@ArquillianTest
@RunAsClient
class EarlyFrameIT {
    /** More than the threads of any server's pool. */
    private static final int MANY = 300;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    private URI at(String path) {
        return URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + path);
    }

    private static byte[] frame(String text) {
        return RawClient.frame(RawClient.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void framesThatComeWithTheHandshakeAreRead() throws IOException {
        byte[] two = Arrays.copyOf(frame("one"), 2 * frame("one").length);
        System.arraycopy(frame("two"), 0, two, frame("one").length, frame("two").length);
        try (RawClient client = new RawClient(at("chat?room=early"), two)) {
            assertTrue(client.answer().startsWith("HTTP/1.1 101"), client.answer());
            assertEquals("one", client.next().text());
            assertEquals("two", client.next().text());
            client.say("three");
            assertEquals("three", client.next().text());
        }
    }

    @Test
    void aFrameMayBeginWithTheHandshakeAndEndLater() throws IOException {
        byte[] whole = frame("halves");
        try (RawClient client = new RawClient(at("chat?room=early-halves"), Arrays.copyOf(whole, 8))) {
            client.write(Arrays.copyOfRange(whole, 8, whole.length));
            assertEquals("halves", client.next().text());
        }
    }

    @Test
    void theHelloOfTheTutorialMayComeWithTheHandshake() throws IOException {
        try (RawClient client = new RawClient(at("hello"), frame("My name is John"))) {
            assertTrue(client.next().text().contains("John"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat?room=early-unmasked", "hello", "lab/socket"})
    void anUnmaskedFrameThatComesWithTheHandshakeClosesWith1002(String path) throws IOException {
        byte[] unmasked = {(byte) RawClient.TEXT, 1, 'x'};
        try (RawClient client = new RawClient(at(path), unmasked)) {
            assertEquals(1002, client.closeCode());
        }
    }

    @Test
    void thoseWhoSendEarlyAndLeaveKeepNoThreadOfTheServer() throws IOException {
        for (int i = 0; i < MANY; i++) {
            new RawClient(at("chat?room=early-many"), frame("gone")).close();
        }
        try (RawClient client = new RawClient(at("chat?room=early-after"))) {
            client.say("still here");
            assertEquals("still here", client.next().text());
        }
    }
}
