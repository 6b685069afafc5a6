package veche.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.faults.CorrectRun.OTHER;
import static veche.faults.CorrectRun.OUTBOX;
import static veche.faults.CorrectRun.ROOM;
import static veche.faults.CorrectRun.attempt;
import static veche.faults.CorrectRun.id;
import static veche.faults.CorrectRun.received;
import static veche.faults.CorrectRun.row;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A correct history has no findings, and each planted bug is detected. */
class HistoryCheckTest {
    private static final long SECOND = 1_000_000_000L;

    static Stream<Arguments> plantedBugs() {
        return Stream.of(
                planted(
                        "a position is missing in the log",
                        Guarantee.POSITION,
                        run -> run.without(row(ROOM, 2, "a-2"))),
                planted(
                        "two clients receive different messages at one position",
                        Guarantee.POSITION,
                        run -> run.replace(received("r#1/hall", 2, "a-2"), received("r#1/hall", 2, "a-4"))),
                planted(
                        "an acknowledged message is not in the log",
                        Guarantee.ACKNOWLEDGED,
                        run -> run.without(row(ROOM, 3, "a-4"))),
                planted(
                        "an acknowledgement states another position",
                        Guarantee.ACKNOWLEDGED,
                        run -> run.replace(
                                new Observation.Acknowledged(3, 1, id("a-3"), 41),
                                new Observation.Acknowledged(3, 2, id("a-3"), 41))),
                planted(
                        "a subscriber misses a message",
                        Guarantee.GAP,
                        run -> run.without(received("r#1/hall", 1, "a-1"))),
                planted(
                        "a subscriber misses the last message",
                        Guarantee.GAP,
                        run -> run.without(received("r#2/hall", 3, "a-4"))
                                .replace(
                                        new Observation.Reached("r", ROOM, 3, 90),
                                        new Observation.Reached("r", ROOM, 2, 90))),
                planted(
                        "a subscriber of texts misses a message",
                        Guarantee.GAP,
                        run -> run.replace(
                                new Observation.ReceivedText("p#1", ROOM, "a-2", 42),
                                new Observation.ReceivedText("p#1", ROOM, "a-1", 42))),
                planted(
                        "a subscriber receives a message again",
                        Guarantee.ONCE,
                        run -> run.with(received("r#2/hall", 3, "a-4"))),
                planted(
                        "a resuming subscriber receives a message again",
                        Guarantee.ORDER,
                        run -> run.replace(received("r#2/hall", 3, "a-4"), received("r#2/hall", 1, "a-1"))),
                planted(
                        "messages are received in reverse order",
                        Guarantee.ORDER,
                        run -> run.replace(received("r#1/hall", 1, "a-1"), received("r#1/hall", 2, "a-2"))
                                .with(received("r#1/hall", 1, "a-1"))),
                planted(
                        "a position that the log has is not recovered",
                        Guarantee.RECOVERED,
                        run -> run.with(new Observation.Started("r#3/hall", "r#3", ROOM, 3, 3, false, 90))),
                planted(
                        "a message is delivered that is not stored",
                        Guarantee.EXISTS,
                        run -> run.with(received("r#2/hall", 4, "a-9"))),
                planted("a refused message is stored", Guarantee.EXISTS, run -> run.with(row(ROOM, 4, "a-5"))),
                planted(
                        "a message is stored before one that was acknowledged earlier",
                        Guarantee.REAL_TIME,
                        run -> run.replace(attempt(1, "a-1", ROOM, 10), attempt(1, "a-1", ROOM, 45))),
                planted(
                        "messages to two rooms are received in another order",
                        Guarantee.PUBLISHER,
                        run -> run.replace(received("r#1/yard", 1, "a-3"), received("r#1/hall", 2, "a-2"))
                                .replace(received("r#1/hall", 2, "a-2"), received("r#1/yard", 1, "a-3"))),
                planted("a repeated message is stored again", Guarantee.KEY, run -> run.with(row(ROOM, 4, "a-4"))),
                planted("a committed row has no message", Guarantee.OUTBOX, run -> run.without(row(OUTBOX, 3, "o-4"))),
                planted("a committed row has two messages", Guarantee.OUTBOX, run -> run.with(row(OUTBOX, 5, "o-1"))),
                planted(
                        "a row that was rolled back has a message",
                        Guarantee.OUTBOX,
                        run -> run.with(row(OUTBOX, 5, "o-3"))),
                planted(
                        "a transaction has one of its messages",
                        Guarantee.OUTBOX,
                        run -> run.with(row(OUTBOX, 5, "o-6"))),
                planted(
                        "messages are in another order than the commits",
                        Guarantee.OUTBOX,
                        run -> run.without(row(OUTBOX, 3, "o-4")).with(row(OUTBOX, 0, "o-4"))),
                planted(
                        "a row remains in the outbox",
                        Guarantee.OUTBOX,
                        run -> run.with(new Observation.OutboxRest(List.of("o-6"), 95))),
                planted(
                        "an event reaches a user outside its audience",
                        Guarantee.AUDIENCE,
                        run -> run.with(new Observation.ReceivedEvent("e-1", "s#1", "user:s", 14))),
                planted(
                        "an event is received again",
                        Guarantee.EPHEMERAL,
                        run -> run.with(new Observation.ReceivedEvent("e-2", "r#1", "user:r", 14))),
                planted(
                        "events are received in another order",
                        Guarantee.EPHEMERAL,
                        run -> run.with(new Observation.ReceivedEvent("e-1", "r#1", "user:r", 14))),
                planted(
                        "a call is executed again",
                        Guarantee.ANSWER,
                        run -> run.with(new Observation.Invoked("c-1", 16))),
                planted(
                        "a call has two answers",
                        Guarantee.ANSWER,
                        run -> run.with(new Observation.Answered("c-1", "ERROR", 21))),
                planted(
                        "a call has no answer",
                        Guarantee.ANSWER,
                        run -> run.without(new Observation.Answered("c-1", "RESULT", 20))),
                planted(
                        "an answer is late",
                        Guarantee.ANSWER,
                        run -> run.replace(
                                new Observation.Answered("c-1", "RESULT", 20),
                                new Observation.Answered("c-1", "RESULT", 101))),
                planted(
                        "a node does not know a procedure after the faults",
                        Guarantee.CALLABLE,
                        run -> run.with(new Observation.CalledAfterwards(1, false, "ERROR", 95))),
                planted(
                        "a message of a banned user is accepted",
                        Guarantee.BAN,
                        run -> run.with(new Observation.Attempt(7, "b-1", "b", ROOM, "b#1", 0, 2 * SECOND))
                                .with(row(ROOM, 4, "b-1"))),
                planted(
                        "a member is missing",
                        Guarantee.PRESENCE,
                        run -> run.with(new Observation.Members(1, ROOM, Set.of("user:r"), Set.of(), 95))),
                planted(
                        "a member that has left remains",
                        Guarantee.PRESENCE,
                        run -> run.with(new Observation.Members(1, OTHER, Set.of(), Set.of("user:r"), 95))),
                planted(
                        "subscribers are not up to date soon after a fault",
                        Guarantee.CAUGHT_UP,
                        run -> run.with(new Observation.Fault("CUT", 1, 5, 8, 6 * SECOND))),
                planted(
                        "subscribers are never up to date after a fault",
                        Guarantee.CAUGHT_UP,
                        run -> run.with(new Observation.Fault("CUT", 1, 5, 8, -1))));
    }

    private static Arguments planted(String bug, Guarantee violated, UnaryOperator<CorrectRun> plant) {
        return Arguments.of(bug, violated, plant);
    }

    @Test
    void aCorrectHistoryHasNoFindings() {
        Findings findings = new CorrectRun().check();
        assertTrue(findings.isEmpty(), findings.toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plantedBugs")
    void aPlantedBugIsDetected(String bug, Guarantee violated, UnaryOperator<CorrectRun> plant) {
        Findings findings = plant.apply(new CorrectRun()).check();
        assertTrue(findings.count(violated) > 0, bug + ": " + findings);
        assertTrue(findings.toString().contains(violated.meaning()));
    }

    @Test
    void eachGuaranteeHasAPlantedBug() {
        Set<Guarantee> planted = EnumSet.noneOf(Guarantee.class);
        plantedBugs().forEach(bug -> planted.add((Guarantee) bug.get()[1]));
        assertEquals(EnumSet.allOf(Guarantee.class), planted);
    }

    @Test
    void aMessageThatANodeAcceptsBeforeItCanKnowOfTheBanIsNoViolation() {
        Findings findings = new CorrectRun()
                .with(new Observation.Fault("SUSPENDED", 0, 500, 3 * SECOND, 0))
                .with(new Observation.Attempt(7, "b-1", "b", ROOM, "b#1", 0, 2 * SECOND))
                .with(row(ROOM, 4, "b-1"))
                .with(received("r#2/hall", 4, "b-1"))
                .replace(new Observation.Reached("r", ROOM, 3, 90), new Observation.Reached("r", ROOM, 4, 90))
                .check();
        assertTrue(findings.isEmpty(), findings.toString());
    }
}
