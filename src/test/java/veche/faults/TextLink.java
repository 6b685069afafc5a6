package veche.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import veche.testing.MessageListener;

/** A connection on which texts are sent and received. One thread sends; another one, in order, receives. */
final class TextLink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final String name;
    private final BiConsumer<TextLink, String> onText;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final WebSocket socket;

    /**
     * Connects.
     *
     * @param name unique in a run
     * @param subprotocol empty for none
     * @throws IOException if there is no connection within a few seconds
     */
    TextLink(String name, URI endpoint, String subprotocol, BiConsumer<TextLink, String> onText) throws IOException {
        this.name = name;
        this.onText = onText;
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        CompletableFuture<WebSocket> opening = builder.buildAsync(endpoint, new Texts());
        try {
            socket = within(opening);
        } catch (IOException e) {
            opening.thenAccept(WebSocket::abort);
            throw e;
        }
    }

    private final class Texts extends MessageListener {
        @Override
        protected void onMessage(String text) {
            onText.accept(TextLink.this, text);
        }

        @Override
        protected void onClosed(int code, String reason) {
            ended.complete(null);
        }
    }

    String name() {
        return name;
    }

    boolean isOpen() {
        return !ended.isDone();
    }

    /** Calls back when the connection has ended; at once if it has. */
    void onEnd(Runnable callback) {
        ended.thenRun(callback);
    }

    /** Sends a text and blocks until it is written. */
    void send(String text) throws IOException {
        within(socket.sendText(text, true));
    }

    private static WebSocket within(CompletableFuture<WebSocket> future) throws IOException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Drops the connection without a close frame. */
    @Override
    public void close() {
        socket.abort();
        ended.complete(null);
    }
}
