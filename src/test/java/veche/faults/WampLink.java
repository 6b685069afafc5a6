package veche.faults;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import veche.testing.MessageListener;
import veche.testing.MessageType;

/**
 * A WAMP session over one connection. Requests may be sent by any thread; the answers complete, and events are consumed,
 * on the connection's thread, in the order of their receipt.
 */
final class WampLink implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private final CompletableFuture<Void> welcome = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<Long, CompletableFuture<JsonArray>> pending = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final String name;
    private final Consumer<JsonArray> onEvent;
    private final WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    /**
     * Opens the session.
     *
     * @param name unique in a run
     * @param onEvent receives all messages that are not answers to requests
     * @throws IOException if there is no session within a few seconds
     */
    WampLink(String name, URI chat, String token, Consumer<JsonArray> onEvent) throws IOException {
        this.name = name;
        this.onEvent = onEvent;
        CompletableFuture<WebSocket> opening = HTTP.newWebSocketBuilder()
                .subprotocols("wamp.2.json")
                .buildAsync(URI.create(chat + "?access_token=" + token), new Messages());
        try {
            socket = within(opening);
            send("[" + MessageType.HELLO + ",\"veche\",{\"roles\":{\"caller\":{},\"callee\":{},\"subscriber\":{},"
                    + "\"publisher\":{}}}]");
            within(welcome);
        } catch (IOException e) {
            opening.thenAccept(WebSocket::abort);
            throw e;
        }
    }

    private static <T> T within(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(CONNECT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No session", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private final class Messages extends MessageListener {
        @Override
        protected void onMessage(String text) {
            JsonArray message = JSON.createReader(new StringReader(text)).readArray();
            switch (message.getInt(0)) {
                case MessageType.WELCOME -> welcome.complete(null);
                case MessageType.ERROR ->
                    answer(message, message.getJsonNumber(2).longValue());
                case MessageType.SUBSCRIBED, MessageType.REGISTERED, MessageType.PUBLISHED, MessageType.RESULT ->
                    answer(message, message.getJsonNumber(1).longValue());
                default -> onEvent.accept(message);
            }
        }

        @Override
        protected void onClosed(int code, String reason) {
            end("Closed with " + code + " " + reason);
        }
    }

    /** An answer that nobody expects is passed on, so that a second one to a request is not overlooked. */
    private void answer(JsonArray message, long request) {
        CompletableFuture<JsonArray> expected = pending.remove(request);
        if (expected == null) {
            onEvent.accept(message);
        } else {
            expected.complete(message);
        }
    }

    private void end(String reason) {
        ended.countDown();
        IOException failure = new IOException(reason);
        welcome.completeExceptionally(failure);
        pending.keySet().forEach(request -> {
            CompletableFuture<JsonArray> expected = pending.remove(request);
            if (expected != null) {
                expected.completeExceptionally(failure);
            }
        });
    }

    String name() {
        return name;
    }

    boolean isOpen() {
        return ended.getCount() > 0;
    }

    /** Waits until the connection has ended, at most for that time. */
    void awaitEnd(Duration time) throws InterruptedException {
        ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Sends a request.
     *
     * @param type the message type
     * @param rest what follows the request id, such as {@code {},"topic"}
     * @return completed by the answer, which may be ERROR; fails when the connection ends before
     */
    CompletableFuture<JsonArray> request(int type, String rest) {
        return request(type, rest, answer -> {});
    }

    /** The same; the answer is passed to the consumer before any later message of the connection. */
    CompletableFuture<JsonArray> request(int type, String rest, Consumer<JsonArray> onAnswer) {
        long id = requests.incrementAndGet();
        CompletableFuture<JsonArray> answer = new CompletableFuture<>();
        answer.thenAccept(onAnswer);
        pending.put(id, answer);
        send("[" + type + "," + id + "," + rest + "]");
        if (!isOpen()) {
            end("Closed");
        }
        return answer;
    }

    CompletableFuture<JsonArray> call(String procedure, String arguments) {
        return request(MessageType.CALL, "{},\"" + procedure + "\"," + arguments);
    }

    /** Sends a message after those before it. */
    synchronized void send(String text) {
        sent = sent.handle((done, failure) -> null)
                .thenCompose(before -> socket.sendText(text, true))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        end(failure.toString());
                    }
                });
    }

    /** Drops the connection without a close frame. */
    @Override
    public void close() {
        socket.abort();
        end("Aborted");
    }
}
