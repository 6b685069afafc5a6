package veche.bench.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Performs one measurement against a server on 127.0.0.1: {@code java veche.bench.load.Load --mode closed --port 8080
 * --clients 500 --in-flight 128 …}; see {@link Scenario} for all options. Prints a line of {@code name=value} pairs for
 * each number of messages in flight.
 */
public final class Load {
    private Load() {}

    /** Measures and prints the figures. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Scenario scenario = Scenario.of(options(arguments));
        measurement(scenario).measure(new ClientPool(scenario));
    }

    private static Measurement measurement(Scenario scenario) {
        return switch (scenario.mode()) {
            case CLOSED, OPEN -> new MessageLoops(scenario);
            case CALL -> new Calls(scenario);
            case CONNECT -> new Churn(scenario);
            case IDLE -> new Idle(scenario);
        };
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        return options;
    }
}
