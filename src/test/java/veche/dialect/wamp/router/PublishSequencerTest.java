package veche.dialect.wamp.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the events of one publisher if one of them fails. */
class PublishSequencerTest {
    private final List<Object> events = new ArrayList<>();
    private final PublishSequencer sequencer = new PublishSequencer(Runnable::run, 100, 1_000, events::add);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQueuedEventThatFailsIsReportedAndLaterOnesAreDelivered(boolean error) {
        CompletableFuture<Object> commit = new CompletableFuture<>();
        Throwable cause = error ? new OutOfMemoryError("planted") : new IllegalStateException("planted");
        sequencer.durable(() -> 0, () -> commit, false);
        sequencer.passing(() -> 0, () -> {
            if (error) {
                throw (Error) cause;
            }
            throw (RuntimeException) cause;
        });
        sequencer.passing(() -> 0, () -> events.add("next"));
        commit.complete(null);
        sequencer.passing(() -> 0, () -> events.add("later"));
        assertEquals(List.of(cause, "next", "later"), events);
    }

    @Test
    void anErrorOfTheLogIsReportedAndDoesNotBlockLaterEvents() {
        CompletableFuture<Object> commit = new CompletableFuture<>();
        Error cause = new OutOfMemoryError("planted");
        sequencer.durable(() -> 0, () -> commit, true);
        sequencer.durable(
                () -> 0,
                () -> {
                    throw cause;
                },
                false);
        sequencer.passing(() -> 0, () -> events.add("next"));
        commit.complete(null);
        assertEquals(List.of(cause, "next"), events);
    }

    @Test
    void queuedEventsAreLimitedInBytes() {
        CompletableFuture<Object> commit = new CompletableFuture<>();
        sequencer.durable(() -> 0, () -> commit, false);
        assertTrue(sequencer.passing(() -> 900, () -> events.add("fits")));
        assertFalse(sequencer.passing(() -> 101, () -> events.add("does not fit")));
        assertTrue(sequencer.passing(() -> 100, () -> events.add("fits, too")));
        commit.complete(null);
        assertTrue(sequencer.passing(() -> 900, () -> events.add("later")));
        assertEquals(List.of("fits", "fits, too", "later"), events);
    }
}
