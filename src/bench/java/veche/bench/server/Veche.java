package veche.bench.server;

import java.nio.file.Path;
import java.util.Map;

/** Veche's settings for the benchmark: the defaults, which are durable; but its callees are guests. */
final class Veche {
    private Veche() {}

    /** Adds the settings to a container's environment; {@code database} is a JDBC URL, or empty for SQLite. */
    static ProcessBuilder configure(ProcessBuilder container, Path folder, String database) {
        Map<String, String> environment = container.environment();
        environment.put("VECHE_DATA", folder.resolve("data").toString());
        environment.put("VECHE_WAMP_GUESTS", "subscribe,publish,call,register");
        environment.put("VECHE_LOG", database.isEmpty() ? "sqlite" : "postgresql");
        if (!database.isEmpty()) {
            environment.put("VECHE_LOG_URL", database);
        }
        return container;
    }
}
