package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A room in which one client sends 20 messages a second to 100 others, whose latencies are recorded. All clients run in
 * this process, so that they share a clock. Thread-safe.
 */
final class MeasuredRoom implements AutoCloseable {
    private static final int RECEIVER_COUNT = 100;
    private static final long INTERVAL_MILLIS = 50;
    private static final String MARK = "measured ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final List<Receiver> receivers;
    private final WebSocket sender;

    /** The latencies since a moment, milliseconds. */
    record Latencies(double median, double p99) {
        private static Latencies of(List<Long> nanos) {
            return new Latencies(quantile(nanos, 0.5), quantile(nanos, 0.99));
        }

        private static double quantile(List<Long> sorted, double share) {
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
        }
    }

    private final class Receiver implements WebSocket.Listener {
        private final AtomicLong received = new AtomicLong();
        private final CompletableFuture<Void> joined = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean closed;

        /** A client has joined its room once it receives messages of it. */
        void join(HttpClient http, URI room) {
            http.newWebSocketBuilder().buildAsync(room, this).join().sendText("join", true);
            joined.join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void received(String message) {
            joined.complete(null);
            if (message.startsWith(MARK)) {
                latencies.add(System.nanoTime() - Long.parseLong(message.substring(MARK.length())));
                received.incrementAndGet();
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed = true;
        }
    }

    MeasuredRoom(URI room) {
        receivers =
                IntStream.range(0, RECEIVER_COUNT).mapToObj(i -> new Receiver()).toList();
        receivers.forEach(receiver -> receiver.join(http, room));
        sender = http.newWebSocketBuilder()
                .buildAsync(room, new WebSocket.Listener() {})
                .join();
        timer.scheduleAtFixedRate(this::send, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send() {
        sender.sendText(MARK + System.nanoTime(), true).join();
        sent.incrementAndGet();
    }

    /** The number of its connections. */
    static int connections() {
        return RECEIVER_COUNT + 1;
    }

    /** Begins a new period of measurement. */
    void restart() {
        latencies.clear();
    }

    Latencies latencies() {
        return Latencies.of(latencies.stream().sorted().toList());
    }

    /** Waits until every receiver has that many further messages. */
    void awaitMessages(int count) {
        long now = sent.get() + count;
        await("every receiver has " + now + " messages")
                .atMost(Duration.ofSeconds(60))
                .failFast("A connection was closed", () -> receivers.stream().anyMatch(receiver -> receiver.closed))
                .until(() -> receivers.stream().allMatch(receiver -> receiver.received.get() >= now));
    }

    /** Ends the sending; then every receiver must have as many messages as were sent. */
    @Override
    public void close() {
        timer.shutdown();
        await("the last message is sent").until(timer::isTerminated);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertEquals(
                            Collections.nCopies(RECEIVER_COUNT, sent.get()),
                            receivers.stream()
                                    .map(receiver -> receiver.received.get())
                                    .toList()));
        } finally {
            sender.abort();
        }
    }
}
