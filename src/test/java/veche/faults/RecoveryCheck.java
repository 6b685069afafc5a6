package veche.faults;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has to happen in time: properties 11 and 13. Confined to one thread. */
final class RecoveryCheck {
    private final RunHistory history;
    private final FinalLog log;
    private final Findings findings;
    private final long catchUp;
    private final long ban;

    RecoveryCheck(RunHistory history, FinalLog log, Findings findings, Deadlines deadlines) {
        this.history = history;
        this.log = log;
        this.findings = findings;
        this.catchUp = deadlines.catchUp().toNanos();
        this.ban = deadlines.ban().toNanos();
    }

    void run() {
        List<Observation.Fault> faults = history.of(Observation.Fault.class).stream()
                .sorted(Comparator.comparingLong(Observation.Fault::at))
                .toList();
        bans(faults);
        for (Observation.Fault fault : faults) {
            findings.require(
                    fault.caughtUp() >= 0 && fault.caughtUp() <= catchUp,
                    Guarantee.CAUGHT_UP,
                    fault.caughtUp() < 0
                            ? "Never after " + fault.name()
                            : fault.caughtUp() / 1_000_000 + " ms after " + fault.name());
        }
    }

    private void bans(List<Observation.Fault> faults) {
        Map<String, Long> banned = new HashMap<>();
        history.of(Observation.Banned.class).forEach(ban -> banned.put(ban.author(), ban.at()));
        Map<String, Observation.Attempt> first = new HashMap<>();
        for (Observation.Attempt attempt : history.of(Observation.Attempt.class)) {
            first.putIfAbsent(attempt.key(), attempt);
        }
        for (FinalLog.Row row : log.rows()) {
            Observation.Attempt sent = first.get(row.key());
            Long since = sent == null ? null : banned.get(sent.author());
            findings.require(
                    since == null || sent.at() - deadline(since, sent.node(), faults) <= 0,
                    Guarantee.BAN,
                    row + " was sent too long after the ban: " + sent);
        }
    }

    /** A node that cannot be informed of a ban has its time after the fault has ended. */
    private long deadline(long since, int node, List<Observation.Fault> faults) {
        long deadline = since + ban;
        for (Observation.Fault fault : faults) {
            boolean concerns = fault.node() < 0 || fault.node() == node;
            if (concerns && fault.at() - deadline <= 0 && fault.until() + ban - deadline > 0) {
                deadline = fault.until() + ban;
            }
        }
        return deadline;
    }
}
