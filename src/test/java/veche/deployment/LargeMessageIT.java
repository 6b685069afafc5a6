package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.RawClient;

/** Single-frame messages larger than a container's buffers, with limits that allow them. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class LargeMessageIT extends ConfiguredWar {
    private static final int LIMIT = MAX_MESSAGE_BYTES;
    private static final int MASK_BIT = 0x80;

    @ParameterizedTest
    @ValueSource(ints = {8 << 20, 16 << 20})
    void aLargeMessageWithinTheLimitIsRelayedIntact(int size) throws IOException {
        try (RawClient ann = new RawClient(chat())) {
            byte[] file = new byte[size];
            file[size - 1] = 1;
            ann.send(RawClient.BINARY, file);
            RawClient.Frame received = ann.next();
            assertEquals(RawClient.BINARY, received.first());
            assertEquals(size, received.payload().length);
            assertEquals(1, received.payload()[size - 1]);
            ann.send("x".repeat(size));
            assertEquals("x".repeat(size), ann.next().text());
        }
    }

    /**
     * The frame is sent only as far as it proves to be too big, so that nothing is in transit when the server closes.
     */
    @Test
    void aFrameAboveTheLimitClosesWith1009() throws IOException {
        int announced = 64 << 20;
        int sent = LIMIT + (6 << 20);
        try (RawClient ann = new RawClient(chat())) {
            ByteBuffer frame = ByteBuffer.allocate(14 + sent);
            frame.put((byte) RawClient.BINARY)
                    .put((byte) (MASK_BIT | 127))
                    .putLong(announced)
                    .putInt(0);
            ann.write(frame.array());
            assertEquals(1009, ann.closeCode());
        }
    }
}
