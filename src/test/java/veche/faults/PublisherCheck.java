package veche.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Property 6: what one connection sent to several rooms is received in that order, on any node. Messages that were sent
 * more than once are exempt, since it is not known which attempt succeeded, and so are those that were sent before or
 * soon after the client subscribed: it may read them from the log, room by room. Confined to one thread.
 */
final class PublisherCheck {
    /** How long a resuming client may read from the log what was sent meanwhile. */
    private static final long RESUMPTION_NANOS = Duration.ofSeconds(1).toNanos();

    private final RunHistory history;
    private final Findings findings;

    private record Pair(String reader, String sender) {}

    PublisherCheck(RunHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void run() {
        Map<String, Observation.Attempt> single = sentOnce();
        Map<String, Observation.Started> streams = history.of(Observation.Started.class).stream()
                .collect(Collectors.toMap(Observation.Started::stream, started -> started, (first, second) -> second));
        Map<Pair, Observation.Attempt> latest = new HashMap<>();
        for (Observation.Received received : history.of(Observation.Received.class)) {
            Observation.Started stream = streams.get(received.stream());
            Observation.Attempt sent = single.get(received.key());
            if (sent != null && sent.at() - stream.at() > RESUMPTION_NANOS) {
                Observation.Attempt before = latest.put(new Pair(stream.link(), sent.link()), sent);
                findings.require(
                        before == null || before.number() < sent.number(),
                        Guarantee.PUBLISHER,
                        stream.link() + " received " + before + " before " + sent);
            }
        }
    }

    private Map<String, Observation.Attempt> sentOnce() {
        Map<String, List<Observation.Attempt>> attempts =
                history.of(Observation.Attempt.class).stream().collect(Collectors.groupingBy(Observation.Attempt::key));
        return attempts.values().stream()
                .filter(ofOneKey -> ofOneKey.size() == 1)
                .collect(Collectors.toMap(ofOneKey -> ofOneKey.get(0).key(), ofOneKey -> ofOneKey.get(0)));
    }
}
