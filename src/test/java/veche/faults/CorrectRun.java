package veche.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import veche.faults.Observation.Transacted.Outcome;

/**
 * A small history without violations, of which single observations and rows can be replaced. Times are nanoseconds from
 * zero. Confined to one thread.
 */
final class CorrectRun {
    static final String ROOM = "hall";
    static final String OTHER = "yard";
    static final String OUTBOX = "shop";
    private static final long LONG_BEFORE = 10_000_000_000L;

    private final List<Observation> observations = new ArrayList<>();
    private final List<FinalLog.Row> rows = new ArrayList<>();

    CorrectRun() {
        rows.addAll(
                List.of(row(OUTBOX, 1, "o-1"), row(OUTBOX, 2, "o-2"), row(OUTBOX, 3, "o-4"), row(OUTBOX, 4, "o-5")));
        rows.addAll(List.of(row(ROOM, 1, "a-1"), row(ROOM, 2, "a-2"), row(OTHER, 1, "a-3"), row(ROOM, 3, "a-4")));
        add(new Observation.Started("r#1/hall", "r#1", ROOM, 0, 0, true, -LONG_BEFORE));
        add(new Observation.Started("r#1/yard", "r#1", OTHER, 0, 0, true, -LONG_BEFORE));
        add(attempt(1, "a-1", ROOM, 10), new Observation.Acknowledged(1, 1, id("a-1"), 20));
        add(attempt(2, "a-2", ROOM, 30), attempt(3, "a-3", OTHER, 31));
        add(new Observation.Acknowledged(2, 2, id("a-2"), 40), new Observation.Acknowledged(3, 1, id("a-3"), 41));
        add(attempt(4, "a-4", ROOM, 50), new Observation.Refused(4, "wamp.error.unavailable", false, 60));
        add(attempt(5, "a-4", ROOM, 70), new Observation.Acknowledged(5, 3, id("a-4"), 80));
        add(attempt(6, "a-5", ROOM, 81), new Observation.Refused(6, "wamp.error.not_authorized", true, 82));
        add(received("r#1/hall", 1, "a-1"), received("r#1/hall", 2, "a-2"), received("r#1/yard", 1, "a-3"));
        add(new Observation.Started("r#2/hall", "r#2", ROOM, 2, 3, true, 85), received("r#2/hall", 3, "a-4"));
        add(new Observation.ReceivedText("p#1", ROOM, "a-2", 42), new Observation.ReceivedText("p#1", ROOM, "a-4", 81));
        add(new Observation.Reached("r", ROOM, 3, 90), new Observation.Reached("r", OTHER, 1, 90));
        add(new Observation.Published("e-1", "e#1", 1, Set.of("user:r"), 10));
        add(new Observation.Published("e-2", "e#1", 2, Set.of("user:r", "user:s"), 11));
        add(new Observation.ReceivedEvent("e-1", "r#1", "user:r", 12));
        add(new Observation.ReceivedEvent("e-2", "r#1", "user:r", 13));
        add(new Observation.Transacted(List.of("o-1", "o-2"), "o", Outcome.COMMITTED, 10));
        add(new Observation.Transacted(List.of("o-3"), "o", Outcome.ROLLED_BACK, 20));
        add(new Observation.Transacted(List.of("o-4"), "o", Outcome.COMMITTED, 30));
        add(new Observation.Transacted(List.of("o-5"), "o", Outcome.UNKNOWN, 40));
        add(new Observation.Transacted(List.of("o-6", "o-7"), "o", Outcome.UNKNOWN, 50));
        add(new Observation.OutboxRest(List.of(), 95));
        add(new Observation.Called("c-1", 100, 10), new Observation.Invoked("c-1", 15));
        add(new Observation.Answered("c-1", "RESULT", 20));
        add(new Observation.CalledAfterwards(0, true, "RESULT", 95));
        add(new Observation.Banned("b", 1_000));
        add(new Observation.Members(0, ROOM, Set.of("user:r"), Set.of("user:r"), 95));
        add(new Observation.Fault("CUT", 1, 5, 8, 1_000));
    }

    private void add(Observation... further) {
        observations.addAll(Arrays.asList(further));
    }

    static UUID id(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes());
    }

    static FinalLog.Row row(String room, long position, String key) {
        return new FinalLog.Row(room, position, id(key), "user:a", key);
    }

    static Observation.Attempt attempt(long number, String key, String room, long at) {
        return new Observation.Attempt(number, key, "a", room, "a#1", 0, at);
    }

    static Observation received(String stream, long position, String key) {
        return new Observation.Received(stream, position, id(key), key, 45);
    }

    /** Adds an observation at the end. */
    CorrectRun with(Observation further) {
        observations.add(further);
        return this;
    }

    CorrectRun with(FinalLog.Row row) {
        rows.add(row);
        return this;
    }

    CorrectRun without(FinalLog.Row row) {
        if (!rows.remove(row)) {
            throw new IllegalArgumentException("Unknown: " + row);
        }
        return this;
    }

    CorrectRun without(Observation observation) {
        return replace(observation, null);
    }

    /** @param replacement null for none */
    CorrectRun replace(Observation observation, Observation replacement) {
        int index = observations.indexOf(observation);
        if (index < 0) {
            throw new IllegalArgumentException("Unknown: " + observation);
        }
        observations.remove(index);
        if (replacement != null) {
            observations.add(index, replacement);
        }
        return this;
    }

    Findings check() {
        return HistoryCheck.of(new RunHistory(observations), new FinalLog(rows), Deadlines.STRICT);
    }
}
