package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in one frame that is larger than a container's own buffers, where the limits allow for it. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class LargeMessageIT {
    private static final int LIMIT = ConfiguredWar.MAX_MESSAGE_BYTES;
    private static final int BINARY = 0x82;
    private static final int MASK_BIT = 0x80;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ConfiguredWar.create();
    }

    private URI chat() {
        return URI.create("http://127.0.0.1:" + base.getPort() + base.getPath() + "chat?room=large");
    }

    @ParameterizedTest
    @ValueSource(ints = {8 << 20, 16 << 20})
    void aLargeMessageWithinTheLimitIsRelayedWhole(int size) throws IOException {
        try (RawClient ann = new RawClient(chat())) {
            byte[] file = new byte[size];
            file[size - 1] = 1;
            ann.send(BINARY, file);
            RawClient.Frame heard = ann.next();
            assertEquals(BINARY, heard.first());
            assertEquals(size, heard.payload().length);
            assertEquals(1, heard.payload()[size - 1]);
            ann.say("x".repeat(size));
            assertEquals("x".repeat(size), ann.next().text());
        }
    }

    /** Only so much of the frame is sent as shows that it is too big, so that nothing is on its way when the server closes. */
    @Test
    void aFrameAboveTheLimitIsTooBig() throws IOException {
        int announced = 64 << 20;
        int sent = LIMIT + (6 << 20);
        try (RawClient ann = new RawClient(chat())) {
            ByteBuffer frame = ByteBuffer.allocate(14 + sent);
            frame.put((byte) BINARY)
                    .put((byte) (MASK_BIT | 127))
                    .putLong(announced)
                    .putInt(0);
            ann.write(frame.array());
            assertEquals(1009, ann.closeCode());
        }
    }
}
