package veche.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The result of a run as text. Immutable. */
record FaultReport(long seed, RunHistory history, Findings findings) {
    @Override
    public String toString() {
        List<Observation.Fault> faults = history.of(Observation.Fault.class);
        Map<String, Long> kinds = faults.stream()
                .collect(Collectors.groupingBy(Observation.Fault::name, TreeMap::new, Collectors.counting()));
        return String.format(
                        Locale.ROOT,
                        "seed %d: %,d faults; %,d messages stored and acknowledged, %,d received, %,d of them as text;"
                                + " %,d subscriptions resumed; %,d events received; %,d calls answered; %,d bans;"
                                + " %,d transactions of applications, %,d of them unknown%n",
                        seed,
                        faults.size(),
                        count(Observation.Acknowledged.class),
                        count(Observation.Received.class) + count(Observation.ReceivedText.class),
                        count(Observation.ReceivedText.class),
                        count(Observation.Started.class),
                        count(Observation.ReceivedEvent.class),
                        count(Observation.Answered.class),
                        count(Observation.Banned.class),
                        count(Observation.Transacted.class),
                        history.of(Observation.Transacted.class).stream()
                                .filter(each -> each.outcome() == Observation.Transacted.Outcome.UNKNOWN)
                                .count())
                + "faults: " + kinds + "\n"
                + "up to date after a fault: " + recoveries(faults) + "\n"
                + "calls: " + answers() + "\n"
                + counts(findings)
                + "\n" + findings;
    }

    /** The number of violations of each kind. */
    static String counts(Findings findings) {
        return Arrays.stream(Guarantee.values())
                .map(Guarantee::violation)
                .distinct()
                .map(word -> findings.count(word) + " " + word)
                .collect(Collectors.joining(", "));
    }

    private static String recoveries(List<Observation.Fault> faults) {
        List<Long> millis = faults.stream()
                .map(fault -> fault.caughtUp() / 1_000_000)
                .sorted()
                .toList();
        return millis.isEmpty()
                ? "none"
                : millis.get(millis.size() / 2) + " ms (median), " + millis.get(millis.size() - 1) + " ms (longest)";
    }

    /** How calls were answered: by RESULT, or by an error. */
    private Map<String, Long> answers() {
        return history.of(Observation.Answered.class).stream()
                .collect(Collectors.groupingBy(Observation.Answered::kind, TreeMap::new, Collectors.counting()));
    }

    private int count(Class<? extends Observation> type) {
        return history.of(type).size();
    }
}
