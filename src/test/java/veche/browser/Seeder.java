package veche.browser;

import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.WELCOME;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageListener;

/** Fills a room with messages, over WAMP in JSON, as fast as the server acknowledges them. */
final class Seeder extends MessageListener {
    private static final int IN_FLIGHT = 512;

    private final Semaphore window = new Semaphore(IN_FLIGHT);
    private final CompletableFuture<Void> welcome = new CompletableFuture<>();

    /** Sends "message 1" to "message count" to a room. */
    static void fill(int port, String room, int count) throws InterruptedException {
        new Seeder().run(port, room, count);
    }

    private void run(int port, String room, int count) throws InterruptedException {
        var socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("wamp.2.json")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat?name=Chronicler"), this)
                .join();
        send(socket, "[" + HELLO + ",\"veche\",{\"roles\":{\"publisher\":{}}}]");
        welcome.join();
        for (int number = 1; number <= count; number++) {
            window.acquire();
            send(
                    socket,
                    "[%d,%d,{\"acknowledge\":true},\"veche.room.%s\",[\"message %d\"]]"
                            .formatted(PUBLISH, number, room, number));
        }
        if (!window.tryAcquire(IN_FLIGHT, 2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the server did not acknowledge all messages");
        }
        socket.abort();
    }

    private static void send(WebSocket socket, String text) throws InterruptedException {
        try {
            socket.sendText(text, true).get(1, TimeUnit.MINUTES);
        } catch (java.util.concurrent.ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    protected void onMessage(String text) {
        received(Json.createReader(new StringReader(text)).readArray());
    }

    @Override
    protected void onClosed(int code, String reason) {
        welcome.completeExceptionally(new IllegalStateException(code + " " + reason));
    }

    private void received(JsonArray message) {
        switch (message.getInt(0)) {
            case WELCOME -> welcome.complete(null);
            case PUBLISHED -> window.release();
            default -> throw new IllegalStateException("unexpected: " + message);
        }
    }
}
