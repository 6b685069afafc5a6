package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody who chats with the JDK's WebSocket client, and remembers what was heard. */
final class Chatter implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How the connection ended. */
    record Closed(int code, String reason) {}

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<byte[]> files = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> pong = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final WebSocket socket;

    Chatter(URI endpoint, String... subprotocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(
                    subprotocols[0],
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
        }
        socket = builder.buildAsync(endpoint, this).join();
        awaitOpen();
    }

    /** A server answers the handshake before it opens the session, and reads only then: a pong tells that it has. */
    private void awaitOpen() {
        socket.sendPing(ByteBuffer.allocate(0)).join();
        CompletableFuture.anyOf(pong, closed)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void say(String said) {
        socket.sendText(said, true).join();
    }

    /** One part of a text. */
    void say(String part, boolean last) {
        socket.sendText(part, last).join();
    }

    void send(byte[] sent) {
        socket.sendBinary(ByteBuffer.wrap(sent), true).join();
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    long bytes() {
        return bytes.get();
    }

    void awaitTexts(List<String> expected) {
        await().atMost(PATIENCE).until(() -> texts.size() >= expected.size());
        assertEquals(expected, texts());
    }

    byte[] awaitFile() {
        await().atMost(PATIENCE).until(() -> !files.isEmpty());
        return files.get(0);
    }

    Closed awaitClosed() {
        await().atMost(PATIENCE).until(closed::isDone);
        return closed.join();
    }

    boolean open() {
        return !closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        bytes.addAndGet(part.remaining());
        byte[] read = new byte[part.remaining()];
        part.get(read);
        file.writeBytes(read);
        if (last) {
            if (files.isEmpty()) {
                files.add(file.toByteArray());
            }
            file.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
        pong.complete(null);
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(new Closed(1006, failure.toString()));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
