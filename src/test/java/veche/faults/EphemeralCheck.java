package veche.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What is not stored: properties 9, 10 and 12. Confined to one thread. */
final class EphemeralCheck {
    private final RunHistory history;
    private final Findings findings;

    private record Pair(String reader, String sender) {}

    EphemeralCheck(RunHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void run() {
        eventsReachTheirAudienceOnceAndInOrder();
        callsHaveOneAnswer();
        for (Observation.CalledAfterwards call : history.of(Observation.CalledAfterwards.class)) {
            findings.require(call.executed(), Guarantee.CALLABLE, call.toString());
        }
        for (Observation.Members members : history.of(Observation.Members.class)) {
            findings.require(members.connected().equals(members.found()), Guarantee.PRESENCE, members.toString());
        }
    }

    private void eventsReachTheirAudienceOnceAndInOrder() {
        Map<String, Observation.Published> published = history.of(Observation.Published.class).stream()
                .collect(Collectors.toMap(Observation.Published::event, each -> each));
        Map<Pair, Long> latest = new HashMap<>();
        for (Observation.ReceivedEvent received : history.of(Observation.ReceivedEvent.class)) {
            Observation.Published event = published.get(received.event());
            findings.require(event.eligible().contains(received.user()), Guarantee.AUDIENCE, received + " of " + event);
            Long before = latest.put(new Pair(received.link(), event.link()), event.ordinal());
            findings.require(
                    before == null || before < event.ordinal(),
                    Guarantee.EPHEMERAL,
                    "After the event with number " + before + ": " + received);
        }
    }

    private void callsHaveOneAnswer() {
        Map<String, Long> invocations = history.of(Observation.Invoked.class).stream()
                .collect(Collectors.groupingBy(Observation.Invoked::call, Collectors.counting()));
        Map<String, Long> answers = history.of(Observation.Answered.class).stream()
                .collect(Collectors.groupingBy(Observation.Answered::call, Collectors.counting()));
        Map<String, Long> answeredAt = history.of(Observation.Answered.class).stream()
                .collect(Collectors.toMap(Observation.Answered::call, Observation.Answered::at, Math::min));
        for (Observation.Called called : history.of(Observation.Called.class)) {
            findings.require(
                    invocations.getOrDefault(called.call(), 0L) <= 1, Guarantee.ANSWER, "Executed again: " + called);
            findings.require(
                    answers.getOrDefault(called.call(), 0L) == 1 && answeredAt.get(called.call()) - called.due() <= 0,
                    Guarantee.ANSWER,
                    "Answers: " + answers.getOrDefault(called.call(), 0L) + ", the last one perhaps late: " + called);
        }
    }
}
