package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.testing.MessageType.WELCOME;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import veche.dialect.Frame;

/** A session of {@code wamp.2.json} over the JDK's WebSocket. One thread uses it. */
final class WampSocket implements WebSocket.Listener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<List<Object>> heard = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    /** Connects and opens a session. */
    WampSocket(HttpClient http, URI endpoint) {
        socket = http.newWebSocketBuilder()
                .subprotocols("wamp.2.json")
                .buildAsync(endpoint, this)
                .join();
        say(1, "veche", TestClient.dict("roles", TestClient.allRoles()));
        expect(WELCOME);
    }

    void say(Object... fields) {
        List<Object> message = new ArrayList<>(Arrays.asList(fields));
        message.replaceAll(field -> field instanceof Integer number ? (Object) number.longValue() : field);
        Frame.Text frame = (Frame.Text) TestClient.FORMATS.json().write(message);
        socket.sendText(frame.text(), true).join();
    }

    /** The next message; it must be of that type. */
    List<Object> expect(int type) {
        try {
            List<Object> message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("Nothing was heard");
            }
            assertEquals((long) type, message.get(0), () -> "message type of " + message);
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        parts.append(part);
        if (last) {
            heard.addAll(TestClient.FORMATS.json().read(new Frame.Text(parts.toString())));
            parts.setLength(0);
        }
        from.request(1);
        return null;
    }

    /** The connection is lost: no GOODBYE, no close frame. */
    void lose() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
