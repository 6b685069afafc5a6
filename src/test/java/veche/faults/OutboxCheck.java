package veche.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import veche.faults.Observation.Transacted.Outcome;

/** Property 8: the messages of transactions are those of the committed ones, in their order. Confined to one thread. */
final class OutboxCheck {
    private final RunHistory history;
    private final Findings findings;
    private final Map<String, List<FinalLog.Row>> rows;
    /** The latest message of each application in each room. */
    private final Map<String, FinalLog.Row> latest = new HashMap<>();

    OutboxCheck(RunHistory history, FinalLog log, Findings findings) {
        this.history = history;
        this.findings = findings;
        this.rows = log.rows().stream().collect(Collectors.groupingBy(FinalLog.Row::key));
    }

    void run() {
        for (Observation.Transacted transaction : history.of(Observation.Transacted.class)) {
            List<FinalLog.Row> stored = new ArrayList<>();
            transaction.keys().forEach(key -> stored.addAll(rows.getOrDefault(key, List.of())));
            findings.require(isExpected(transaction, stored), Guarantee.OUTBOX, transaction + " has " + stored);
            follows(transaction.application(), transaction.outcome(), stored);
        }
        for (Observation.OutboxRest rest : history.of(Observation.OutboxRest.class)) {
            findings.require(rest.keys().isEmpty(), Guarantee.OUTBOX, rest.toString());
        }
    }

    private static boolean isExpected(Observation.Transacted transaction, List<FinalLog.Row> stored) {
        List<String> found = stored.stream().map(FinalLog.Row::key).toList();
        return switch (transaction.outcome()) {
            case COMMITTED -> found.equals(transaction.keys());
            case ROLLED_BACK -> found.isEmpty();
            case UNKNOWN -> found.isEmpty() || found.equals(transaction.keys());
        };
    }

    /** An unknown transaction may be committed later than the next one, but is in order itself. */
    private void follows(String application, Outcome outcome, List<FinalLog.Row> stored) {
        Map<String, FinalLog.Row> known = outcome == Outcome.UNKNOWN ? new HashMap<>() : latest;
        for (FinalLog.Row row : stored) {
            FinalLog.Row before = known.put(application + " " + row.room(), row);
            findings.require(
                    before == null || before.position() < row.position(),
                    Guarantee.OUTBOX,
                    before + " was committed before " + row);
        }
    }
}
