package veche.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Reads server-sent events (HTML, "Interpreting an event stream"), without reconnecting. */
public final class EventReader implements AutoCloseable, Flow.Subscriber<String> {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An event; comments and fields without meaning are ignored. */
    public record Event(String type, String id, String data) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Void>> ended;
    private final List<String> lines = new ArrayList<>();
    private volatile Flow.Subscription subscription;
    private volatile String lastId = "";
    private volatile int status;

    /** @param headers names and values, alternating */
    public EventReader(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        this.ended = CLIENT.sendAsync(request.build(), response -> {
            status = response.statusCode();
            return HttpResponse.BodySubscribers.fromLineSubscriber(this);
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscribed) {
        subscription = subscribed;
        subscribed.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (!line.isEmpty()) {
            lines.add(line);
            return;
        }
        List<String> id = values("id");
        if (!id.isEmpty()) {
            lastId = id.get(0);
        }
        List<String> data = values("data");
        if (!data.isEmpty()) {
            List<String> type = values("event");
            events.add(new Event(type.isEmpty() ? "message" : type.get(0), lastId, String.join("\n", data)));
        }
        lines.clear();
    }

    private List<String> values(String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).stripLeading())
                .toList();
    }

    @Override
    public void onError(Throwable failure) {
        // The future reports it.
    }

    @Override
    public void onComplete() {
        // The future reports it.
    }

    /** The events so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The id of the last event. */
    public String lastId() {
        return lastId;
    }

    /** The status of the response once it has begun. */
    public int awaitStatus() {
        await().until(() -> status != 0);
        return status;
    }

    /** Waits until the server has ended the response. */
    public void awaitEnd() {
        await().until(ended::isDone);
    }

    @Override
    public void close() throws IOException {
        await().until(() -> subscription != null || ended.isDone());
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
