package veche.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private static final int MAX = 10_000;

    private final List<String> calls = new ArrayList<>();
    private int available;

    private final ServletInputStream in = new ServletInputStream() {
        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return available > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            // The test calls it.
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            int read = Math.min(length, available);
            available -= read;
            return read;
        }
    };

    @SuppressWarnings("unchecked")
    private <T> T fake(Class<T> type) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRequest" -> fake(ServletRequest.class);
                    case "getResponse" -> fake(HttpServletResponse.class);
                    case "getInputStream" -> in;
                    case "complete" -> calls.add("complete") ? null : null;
                    case "setStatus" -> calls.add("status " + arguments[0]) ? null : null;
                    default -> null;
                });
    }

    private MessageReader reader() throws IOException {
        return new MessageReader(
                fake(AsyncContext.class), MAX, body -> calls.add("received " + body.length), () -> calls.add("end"));
    }

    @Test
    void aBodyIsReceivedAsAWhole() throws IOException {
        MessageReader reader = reader();
        available = 9_000;
        reader.onDataAvailable();
        available = 100;
        reader.onDataAvailable();
        reader.onAllDataRead();
        assertEquals(List.of("received 9100", "end", "status 204", "complete"), calls);
    }

    @Test
    void ofABodyThatIsTooLargeTheRestIsNotRead() throws IOException {
        MessageReader reader = reader();
        available = 1_000_000;
        reader.onDataAvailable();
        assertEquals(List.of("received " + (MAX + 1), "end", "status 204", "complete"), calls);
        assertEquals(1_000_000 - MAX - 1, available);
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsAnsweredWith408AndNotReceived() throws IOException {
        MessageReader reader = reader();
        available = 10;
        reader.onDataAvailable();
        reader.onTimeout(new AsyncEvent(fake(AsyncContext.class)));
        reader.onAllDataRead();
        assertEquals(List.of("end", "status 408", "complete"), calls);
    }
}
