package veche.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The state of configuration files that are read again when they change, and of the storage. A file that cannot be used
 * does not make the server unready, since the previous contents still apply; nor does a full storage, which can still
 * be read. Thread-safe.
 *
 * @param checks one for each file, and others
 */
public record Health(List<Check> checks) {
    /**
     * A state.
     *
     * @param name lower-case letters
     * @param current whether the state is as it should be
     * @param datum the name of that in the answer
     */
    public record Check(String name, BooleanSupplier current, String datum) {
        private static final String CURRENT = "current";

        /** The state of a file: whether its contents apply, not previous ones. */
        public Check(String name, BooleanSupplier current) {
            this(name, current, CURRENT);
        }

        private boolean isOfFile() {
            return datum.equals(CURRENT);
        }

        private String json() {
            return "{\"name\":\"" + name + "\",\"status\":\"UP\",\"data\":{\"" + datum + "\":" + current.getAsBoolean()
                    + "}}";
        }
    }

    public Health {
        checks = List.copyOf(checks);
    }

    /** Adds a gauge for each file. */
    public void bindTo(MeterRegistry meters) {
        for (Check check : checks.stream().filter(Check::isOfFile).toList()) {
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
