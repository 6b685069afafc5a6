package veche.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import veche.testing.MessageListener;
import veche.testing.Token;

/** Reads and writes the plain texts of one room, on one node after the other. */
final class PlainMember {
    private static final int SECONDS = 5;
    private static final int PAUSE_MILLIS = 100;
    private static final int STAY = 150;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(SECONDS)).build();

    private final FaultLoad load;
    private final String user;
    private final String room;
    private final String token;
    private final Random random;
    private final Thread thread;
    private volatile boolean ended;
    private volatile WebSocket socket;
    private int links;
    private int count;

    PlainMember(FaultLoad load, String user, String room) {
        this.load = load;
        this.user = user;
        this.room = room;
        this.token = Token.of(user, user);
        this.random = load.random(user);
        this.thread = new Thread(this::run, user);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!ended) {
                try {
                    session();
                } catch (ExecutionException | TimeoutException | IOException connectionLost) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Texts extends MessageListener {
        private final String stream;
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        Texts(String stream) {
            this.stream = stream;
        }

        @Override
        protected void onMessage(String text) {
            load.history().add(new Observation.ReceivedText(stream, room, text, System.nanoTime()));
        }

        @Override
        protected void onClosed(int code, String reason) {
            closed.complete(null);
        }
    }

    private void session() throws ExecutionException, TimeoutException, InterruptedException, IOException {
        int node = random.nextInt(load.cluster().size());
        String link = user + "#" + ++links;
        Texts texts = new Texts(link);
        URI endpoint = URI.create(load.cluster().node(node).chat() + "?room=" + room + "&access_token=" + token);
        CompletableFuture<WebSocket> opening = HTTP.newWebSocketBuilder().buildAsync(endpoint, texts);
        try {
            WebSocket opened = opening.get(SECONDS, TimeUnit.SECONDS);
            socket = opened;
            for (int i = 0; i < STAY && !texts.closed.isDone() && !ended; i++) {
                String key = user + "-" + ++count;
                load.history().attempt(key, user, room, link, node);
                opened.sendText(key, true).get(SECONDS, TimeUnit.SECONDS);
                Thread.sleep(PAUSE_MILLIS);
            }
        } finally {
            opening.thenAccept(WebSocket::abort);
        }
    }

    /** Breaks the present connection. */
    void reset() {
        WebSocket current = socket;
        if (current != null) {
            current.abort();
        }
    }

    /** Ends the client; blocks until it has done its work, within limits. */
    void stop() throws InterruptedException {
        ended = true;
        thread.join(TimeUnit.SECONDS.toMillis(2 * SECONDS));
        thread.interrupt();
    }
}
