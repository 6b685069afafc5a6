package veche.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;

/** Scrapes a server's metrics as Prometheus does, with the token that the test servers are configured with. */
public final class MetricsClient {
    public static final String TOKEN = "metrics-of-the-tests";
    public static final String AUTHORIZATION = "Bearer " + TOKEN;

    private MetricsClient() {}

    /** @param metrics such as {@code http://127.0.0.1:8080/metrics} */
    public static String scrape(URI metrics) throws IOException {
        URLConnection connection = metrics.toURL().openConnection();
        connection.setRequestProperty("Authorization", AUTHORIZATION);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The number of open connections according to these metrics. */
    public static int connections(URI metrics) throws IOException {
        return scrape(metrics)
                .lines()
                .filter(line -> line.startsWith("veche_connections "))
                .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }
}
