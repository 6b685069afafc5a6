package veche.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The state of configuration files that are read again when they change. A file that cannot be used does not make the
 * server unready, since the previous contents still apply. Thread-safe.
 *
 * @param checks one for each file
 */
public record Health(List<Check> checks) {
    /**
     * The state of a file.
     *
     * @param name lower-case letters
     * @param current whether the contents of the file apply, not previous ones
     */
    public record Check(String name, BooleanSupplier current) {
        private String json() {
            return "{\"name\":\"" + name + "\",\"status\":\"UP\",\"data\":{\"current\":" + current.getAsBoolean()
                    + "}}";
        }
    }

    public Health {
        checks = List.copyOf(checks);
    }

    /** Adds a gauge for each file. */
    public void bindTo(MeterRegistry meters) {
        for (Check check : checks) {
            Gauge.builder(
                            "veche.configuration.current",
                            check,
                            file -> file.current().getAsBoolean() ? 1 : 0)
                    .tag("file", check.name())
                    .description("Whether the contents of a configuration file apply, not previous ones")
                    .register(meters);
        }
    }

    /** The checks as a JSON array (MicroProfile Health 4.0, "Appendix A"). */
    String json() {
        return checks.stream().map(Check::json).collect(Collectors.joining(",", "[", "]"));
    }
}
