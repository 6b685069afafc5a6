package veche.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client over the JDK's WebSocket that keeps what it receives: every text, the first binary message and the number of
 * bytes of all. It answers pings by itself. One thread uses it.
 */
public final class TextClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How the connection ended; the code is 1006 when there was no close frame. */
    public record Closed(int code, String reason) {}

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<byte[]> firstBinary = new CompletableFuture<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> pong = new CompletableFuture<>();
    private final AtomicLong binaryBytes = new AtomicLong();
    private final WebSocket socket;
    /** How many texts {@link #next} has returned. */
    private int consumed;

    private final class Received extends MessageListener {
        @Override
        protected void onMessage(String message) {
            texts.add(message);
        }

        @Override
        protected void onMessage(byte[] message) {
            firstBinary.complete(message);
            binaryBytes.addAndGet(message.length);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
            pong.complete(null);
            from.request(1);
            return null;
        }

        @Override
        protected void onClosed(int code, String reason) {
            closed.complete(new Closed(code, reason));
        }
    }

    /** Connects, offering these subprotocols. */
    public TextClient(URI endpoint, String... subprotocols) {
        this(HTTP, endpoint, subprotocols);
    }

    /** @param http such as one that trusts the server's certificate */
    public TextClient(HttpClient http, URI endpoint, String... subprotocols) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(
                    subprotocols[0],
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
        }
        socket = result(builder.buildAsync(endpoint, new Received()));
        awaitOpen();
    }

    /**
     * A server answers the handshake before it opens the session, and reads only afterwards: a pong proves that it
     * has.
     */
    private void awaitOpen() {
        CompletableFuture<?> answered = socket.sendPing(ByteBuffer.allocate(0)).thenCompose(sent -> pong);
        // A ping cannot be sent any more after the server has closed the connection.
        result(CompletableFuture.anyOf(
                answered.exceptionallyCompose(failure -> closed.thenApply(code -> null)), closed));
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (TimeoutException failure) {
            throw new AssertionError("Not completed within " + PATIENCE, failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError(failure);
        }
    }

    /** The negotiated subprotocol, or an empty string. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public void send(String text) {
        sendPart(text, true);
    }

    /** Sends one fragment of a text. */
    public void sendPart(String part, boolean last) {
        result(socket.sendText(part, last));
    }

    public void send(byte[] bytes) {
        result(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    /** All texts received so far. */
    public List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    /** The next text that this method has not returned before. */
    public String next() {
        int index = consumed++;
        await("text number " + (index + 1)).atMost(PATIENCE).until(() -> texts.size() > index);
        return texts.get(index);
    }

    /** Waits until it has received this text. */
    public void awaitText(String text) {
        await(text).atMost(PATIENCE).until(() -> texts.contains(text));
    }

    /** Waits for as many texts; these must be all that it has received. */
    public void awaitTexts(List<String> expected) {
        await().atMost(PATIENCE).until(() -> texts.size() >= expected.size());
        assertEquals(expected, texts());
    }

    /** The first binary message. */
    public byte[] awaitBinary() {
        return result(firstBinary);
    }

    /** The size of all binary messages received so far. */
    public long binaryBytes() {
        return binaryBytes.get();
    }

    public Closed awaitClosed() {
        return awaitClosed(PATIENCE);
    }

    public Closed awaitClosed(Duration patience) {
        await("the connection closes").atMost(patience).until(closed::isDone);
        return closed.join();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Drops the connection without a close frame. */
    @Override
    public void close() {
        socket.abort();
    }
}
