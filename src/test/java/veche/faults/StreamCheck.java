package veche.faults;

import java.util.HashMap;
import java.util.Map;

/** What subscribers of rooms received: properties 1, 3 and 4. Confined to one thread. */
final class StreamCheck {
    private final RunHistory history;
    private final FinalLog log;
    private final Findings findings;
    /** The last position of each stream. */
    private final Map<String, Long> last = new HashMap<>();

    StreamCheck(RunHistory history, FinalLog log, Findings findings) {
        this.history = history;
        this.log = log;
        this.findings = findings;
    }

    void run() {
        Map<String, String> rooms = new HashMap<>();
        for (Observation.Started started : history.of(Observation.Started.class)) {
            findings.require(started.recovered(), Guarantee.RECOVERED, started.toString());
            last.put(started.stream(), started.recovered() ? started.after() : started.end());
            rooms.put(started.stream(), started.room());
        }
        for (Observation.Received received : history.of(Observation.Received.class)) {
            received(rooms.get(received.stream()), received);
        }
        history.of(Observation.ReceivedText.class).forEach(this::received);
        for (Observation.Reached reached : history.of(Observation.Reached.class)) {
            findings.require(
                    reached.position() == log.end(reached.room()),
                    Guarantee.GAP,
                    reached + ", but the log ends at " + log.end(reached.room()));
        }
    }

    private void received(String room, Observation.Received received) {
        log.at(room, received.position())
                .ifPresentOrElse(
                        row -> findings.require(
                                row.id().equals(received.id()) && row.key().equals(received.key()),
                                Guarantee.POSITION,
                                received + " instead of " + row),
                        () -> findings.add(Guarantee.EXISTS, "Delivered, but not stored: " + received));
        follows(received.stream(), received.position(), received);
    }

    /** Without positions, the stream begins with its first message. */
    private void received(Observation.ReceivedText received) {
        log.withKey(received.key())
                .filter(row -> row.room().equals(received.room()))
                .ifPresentOrElse(
                        row -> {
                            last.putIfAbsent(received.stream(), row.position() - 1);
                            follows(received.stream(), row.position(), received);
                        },
                        () -> findings.add(Guarantee.EXISTS, "Delivered, but not stored: " + received));
    }

    private void follows(String stream, long position, Observation received) {
        long before = last.getOrDefault(stream, position - 1);
        if (position == before) {
            findings.add(Guarantee.ONCE, "Again: " + received);
        } else if (position < before) {
            findings.add(Guarantee.ORDER, "After " + before + ": " + received);
        } else {
            findings.require(position == before + 1, Guarantee.GAP, "After " + before + ": " + received);
        }
        last.put(stream, Math.max(position, before));
    }
}
