package veche.dialect.wamp.message;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.wamp.TestRealm;

/** The accounting of payloads. */
class PayloadTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void theHeapSizeIncludesBinaryData() {
        assertTrue(Payload.of(ByteBuffer.allocate(1 << 20)).heapBytes() > 1 << 20);
        assertTrue(new Payload(Arrays.asList(1L), Map.of()).heapBytes() < 1_000);
    }
}
