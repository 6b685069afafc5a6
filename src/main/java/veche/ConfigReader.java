package veche;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Reads single settings; an exception names the invalid one. */
record ConfigReader(Config config) {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

    <T> T get(String name, T otherwise, Function<String, T> read) {
        String value = config.getOptionalValue(name, String.class).orElse("").trim();
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return read.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Setting " + name + "=" + value + " is invalid: " + e.getMessage(), e);
        }
    }

    int number(String name, int otherwise) {
        return get(name, otherwise, Integer::parseInt);
    }

    /** A number within bounds, since a value that cannot be honoured is rejected at startup. */
    int number(String name, int otherwise, int least, int most) {
        return get(name, otherwise, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("It must be from " + least + " to " + most);
            }
            return number;
        });
    }

    Duration duration(String name, Duration otherwise) {
        return get(name, otherwise, ConfigReader::duration);
    }

    List<String> list(String name) {
        return get(name, List.of(), ConfigReader::split);
    }

    /** The values between commas, without white space and empty ones. */
    static List<String> split(String all) {
        return Arrays.stream(all.split(","))
                .map(String::trim)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    static Duration duration(String written) {
        Matcher matcher = DURATION.matcher(written.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a duration: " + written);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
