package veche;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;

/** Reads a server's metrics as Prometheus does, with the token that the tests' servers have. */
public final class Scrape {
    public static final String TOKEN = "metrics-of-the-tests";
    public static final String AUTHORIZATION = "Bearer " + TOKEN;

    private Scrape() {}

    /** @param metrics such as {@code http://127.0.0.1:8080/metrics} */
    public static String of(URI metrics) throws IOException {
        URLConnection connection = metrics.toURL().openConnection();
        connection.setRequestProperty("Authorization", AUTHORIZATION);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** How many connections those metrics tell. */
    public static int connections(URI metrics) throws IOException {
        return of(metrics)
                .lines()
                .filter(line -> line.startsWith("veche_connections "))
                .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }
}
