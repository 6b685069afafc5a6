package veche.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Collectors;

/** The log itself, and what senders know of it: properties 1, 2, 4, 5 and 7. Confined to one thread. */
final class LogCheck {
    private final RunHistory history;
    private final FinalLog log;
    private final Findings findings;
    private final List<Observation.Acknowledged> acknowledgements;
    private final Map<Long, Observation.Attempt> attempts;
    private final Set<Long> definitelyRefused;

    LogCheck(RunHistory history, FinalLog log, Findings findings) {
        this.history = history;
        this.log = log;
        this.findings = findings;
        this.acknowledgements = history.of(Observation.Acknowledged.class);
        this.attempts = history.of(Observation.Attempt.class).stream()
                .collect(Collectors.toMap(Observation.Attempt::number, attempt -> attempt));
        this.definitelyRefused = history.of(Observation.Refused.class).stream()
                .filter(Observation.Refused::definite)
                .map(Observation.Refused::attempt)
                .collect(Collectors.toSet());
    }

    void run() {
        positionsAreContiguous();
        keysAreUnique();
        acknowledgedMessagesAreStored();
        refusedMessagesAreNot();
        log.rooms().values().forEach(this::positionsFollowRealTime);
    }

    private void positionsAreContiguous() {
        log.rooms().forEach((room, messages) -> {
            long expected = 1;
            for (long position : messages.keySet()) {
                findings.require(
                        position == expected,
                        Guarantee.POSITION,
                        room + " has " + position + " after " + (expected - 1));
                expected = position + 1;
            }
        });
    }

    private void keysAreUnique() {
        Set<List<String>> known = new HashSet<>();
        for (FinalLog.Row row : log.rows()) {
            findings.require(
                    known.add(List.of(row.room(), row.author(), row.key())), Guarantee.KEY, "A further " + row);
        }
    }

    private void acknowledgedMessagesAreStored() {
        for (Observation.Acknowledged acknowledged : acknowledgements) {
            Observation.Attempt attempt = attempts.get(acknowledged.attempt());
            boolean stored = log.at(attempt.room(), acknowledged.position())
                    .filter(row -> row.key().equals(attempt.key()) && row.id().equals(acknowledged.id()))
                    .isPresent();
            findings.require(stored, Guarantee.ACKNOWLEDGED, attempt + ": " + acknowledged);
        }
    }

    private void refusedMessagesAreNot() {
        Set<String> possible = attempts.values().stream()
                .filter(attempt -> !definitelyRefused.contains(attempt.number()))
                .map(Observation.Attempt::key)
                .collect(Collectors.toCollection(HashSet::new));
        history.of(Observation.Transacted.class).forEach(transaction -> possible.addAll(transaction.keys()));
        for (FinalLog.Row row : log.rows()) {
            findings.require(
                    possible.contains(row.key()), Guarantee.EXISTS, "Refused or never sent, but stored: " + row);
        }
    }

    /** From the end of a room: no message was sent after one with a higher position had been acknowledged. */
    private void positionsFollowRealTime(NavigableMap<Long, FinalLog.Row> messages) {
        Map<String, Long> sent = new HashMap<>();
        Map<String, Long> known = new HashMap<>();
        attempts.values().forEach(attempt -> sent.merge(attempt.key(), attempt.at(), Math::min));
        acknowledgements.forEach(
                each -> known.merge(attempts.get(each.attempt()).key(), each.at(), Math::min));
        long earliest = Long.MAX_VALUE;
        for (FinalLog.Row row : new ArrayList<>(messages.descendingMap().values())) {
            findings.require(
                    sent.getOrDefault(row.key(), Long.MIN_VALUE) <= earliest,
                    Guarantee.REAL_TIME,
                    row + " was sent after the acknowledgement of a later position");
            earliest = Math.min(earliest, known.getOrDefault(row.key(), Long.MAX_VALUE));
        }
    }
}
