package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of one publisher's events when one of them fails. */
class LaneTest {
    private final List<Object> events = new ArrayList<>();
    private final Lane lane = new Lane(Runnable::run, 100, events::add);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWaitingEventThatFailsIsReportedAndTheNextOnesAreDelivered(boolean error) {
        CompletableFuture<Object> commit = new CompletableFuture<>();
        Throwable cause = error ? new OutOfMemoryError("planted") : new IllegalStateException("planted");
        lane.durable(() -> commit, false);
        lane.passing(() -> {
            if (error) {
                throw (Error) cause;
            }
            throw (RuntimeException) cause;
        });
        lane.passing(() -> events.add("next"));
        commit.complete(null);
        lane.passing(() -> events.add("later"));
        assertEquals(List.of(cause, "next", "later"), events);
    }

    @Test
    void anErrorOfTheLogIsReportedAndDoesNotHoldBackWhatFollows() {
        CompletableFuture<Object> commit = new CompletableFuture<>();
        Error cause = new OutOfMemoryError("planted");
        lane.durable(() -> commit, true);
        lane.durable(
                () -> {
                    throw cause;
                },
                false);
        lane.passing(() -> events.add("next"));
        commit.complete(null);
        assertEquals(List.of(cause, "next"), events);
    }
}
