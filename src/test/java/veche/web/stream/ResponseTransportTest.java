package veche.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import veche.room.Position;

class ResponseTransportTest {
    private final List<String> calls = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private boolean ready;

    /** Fails if it is written to while it is not ready, as a container does. */
    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            calls.add("listen");
        }

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            assertTrue(ready, "written while not ready");
            calls.add("write " + new String(bytes, from, length, StandardCharsets.UTF_8));
            ready = false;
        }

        @Override
        public void flush() {
            assertTrue(ready, "flushed while not ready");
            calls.add("flush");
        }
    };

    private EventTransport transport;

    @BeforeEach
    void open() throws IOException {
        transport = new EventTransport(fake(AsyncContext.class));
        transport.start(() -> done.add("pong"));
        calls.clear();
    }

    @SuppressWarnings("unchecked")
    private <T> T fake(Class<T> type) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getResponse" -> fake(HttpServletResponse.class);
                    case "getOutputStream" -> out;
                    case "complete" -> calls.add("complete") ? null : null;
                    case "setStatus" -> calls.add("status " + arguments[0]) ? null : null;
                    default -> null;
                });
    }

    private void write(String text) {
        transport.write(
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), failure -> done.add(text + " " + failure));
    }

    private void becomesReady() {
        ready = true;
        transport.onWritePossible();
    }

    @Test
    void nothingIsWrittenBeforeTheContainerPermitsIt() {
        write("one");
        assertEquals(List.of(), calls);
        becomesReady();
        assertEquals(List.of("write one"), calls);
    }

    @Test
    void aWriteIsDoneOnceItIsFlushed() {
        becomesReady();
        write("one");
        assertEquals(List.of("write one"), calls);
        assertEquals(List.of(), done);
        becomesReady();
        assertEquals(List.of("write one", "flush"), calls);
        assertEquals(List.of("one null"), done);
    }

    @Test
    void theResponseEndsAfterWhatIsWaiting() {
        transport.begin(new Position("epoch", 1));
        write("one");
        write("two");
        transport.close(1000, "");
        becomesReady();
        becomesReady();
        becomesReady();
        assertEquals(List.of("write one", "flush", "write two", "flush", "complete"), calls);
    }

    @Test
    void aConnectionThatIsClosedBeforeItBeginsReceivesAnError() {
        becomesReady();
        transport.close(1008, "Banned");
        assertEquals("status 403", calls.get(0));
        assertTrue(calls.get(1).contains("\"detail\":\"Banned\""), calls::toString);
    }

    @Test
    void aFailureOfTheClientFailsTheWriteAndEndsTheResponse() {
        becomesReady();
        write("one");
        transport.onError(new IOException("reset"));
        assertEquals(List.of("one java.io.IOException: reset"), done);
        assertEquals("complete", calls.get(calls.size() - 1));
    }

    @Test
    void aCommentThatWasSentCountsAsAPong() {
        becomesReady();
        transport.ping();
        becomesReady();
        assertEquals(List.of("pong"), done);
    }
}
