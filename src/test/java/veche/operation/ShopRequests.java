package veche.operation;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The shop by HTTP, as its clerks use it. Thread-safe. */
final class ShopRequests implements ShopClerks.Transaction {
    private static final int SHIPPED = 204;
    private static final int NOT_SHIPPED = 409;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String host;

    /** @param host with the port */
    ShopRequests(String host) {
        this.host = host;
    }

    @Override
    public boolean ship(int order, boolean inVain) throws IOException {
        int status = post(inVain ? "in-vain" : "", order);
        if (status != SHIPPED && status != NOT_SHIPPED) {
            throw new IOException("Answered " + status);
        }
        return status == SHIPPED;
    }

    /** The status of a request. */
    int post(String path, int order) throws IOException {
        URI uri = URI.create("http://" + host + "/shop/ship/" + path + "?order=" + order);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
