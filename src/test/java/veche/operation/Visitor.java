package veche.operation;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody in the chat. */
final class Visitor implements WebSocket.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closed;
    private volatile String reason = "";
    private final WebSocket socket;

    Visitor(HttpClient client, URI endpoint) {
        socket = client.newWebSocketBuilder().buildAsync(endpoint, this).join();
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    void awaitHearing(String text) {
        await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(20)).until(() -> heard.contains(text));
    }

    int closeCode() {
        return closed;
    }

    String closeReason() {
        return reason;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String why) {
        reason = why;
        closed = code;
        return null;
    }
}
