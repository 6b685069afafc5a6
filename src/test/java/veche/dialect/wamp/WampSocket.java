package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.net.URI;
import java.util.List;
import veche.dialect.Frame;
import veche.testing.TextClient;

/** A session of {@code wamp.2.json} over a real socket. One thread uses it. */
final class WampSocket implements AutoCloseable {
    private final TextClient client;

    /** Connects and opens a session. */
    WampSocket(URI endpoint) {
        client = new TextClient(endpoint, "wamp.2.json");
        sendMessage(HELLO, "veche", Messages.dict("roles", TestClient.allRoles()));
        expect(WELCOME);
    }

    void sendMessage(Object... fields) {
        Frame.Text frame = (Frame.Text) TestClient.FORMATS.json().write(Messages.fields(fields));
        client.send(frame.text());
    }

    /** The next message; it must be of that type. */
    List<Object> expect(int type) {
        List<Object> message =
                TestClient.FORMATS.json().read(new Frame.Text(client.next())).get(0);
        assertEquals((long) type, message.get(0), () -> "message type of " + message);
        return message;
    }

    /** Aborts the connection without GOODBYE and without a close frame. */
    @Override
    public void close() {
        client.close();
    }
}
