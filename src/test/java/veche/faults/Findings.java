package veche.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The violations that were found. Confined to one thread. */
final class Findings {
    /** Of each guarantee, further violations are only counted. */
    private static final int MAX_DETAILS = 10;

    private final Map<Guarantee, List<String>> details = new EnumMap<>(Guarantee.class);
    private final Map<Guarantee, Integer> counts = new EnumMap<>(Guarantee.class);

    void add(Guarantee violated, String detail) {
        counts.merge(violated, 1, Integer::sum);
        List<String> known = details.computeIfAbsent(violated, each -> new ArrayList<>());
        if (known.size() < MAX_DETAILS) {
            known.add(detail);
        }
    }

    /** Adds a violation unless a condition is true. */
    void require(boolean condition, Guarantee guarantee, String detail) {
        if (!condition) {
            add(guarantee, detail);
        }
    }

    int count(Guarantee guarantee) {
        return counts.getOrDefault(guarantee, 0);
    }

    /** The violations counted under a word. */
    int count(String violation) {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().violation().equals(violation))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** A line for each violation, the first ones of each guarantee. */
    String details() {
        return details.entrySet().stream()
                .map(found -> found.getKey() + " (" + count(found.getKey()) + "): "
                        + found.getKey().meaning()
                        + found.getValue().stream().collect(Collectors.joining("\n  ", "\n  ", "")))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return isEmpty() ? "no violations" : details();
    }
}
