package veche.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final List<String> lines = new ArrayList<>();

    /** A logger that records lines, and fails if the cause is an error of the heap. */
    private final class Recorder implements System.Logger {
        @Override
        public String getName() {
            return "recorder";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            if (thrown instanceof OutOfMemoryError) {
                throw new OutOfMemoryError("planted");
            }
            lines.add(level + " " + message + " " + thrown.getMessage());
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            throw new AssertionError("A failure has a cause");
        }
    }

    @Test
    void theCauseIsLoggedUnderTheIdThatTheClientReceives() {
        String incident = Failures.log(new Recorder(), "connection=7", new IllegalStateException("planted"));
        assertEquals(List.of("ERROR connection=7 incident=" + incident + " planted"), lines);
    }

    @Test
    void theClientReceivesAnIdEvenIfLoggingFails() {
        String incident = Failures.log(new Recorder(), "", new OutOfMemoryError("planted"));
        assertTrue(incident.matches("[0-9a-f-]{36}"), incident);
        assertEquals(List.of(), lines);
    }

    @Test
    void theCauseOfAStageIsFoundBelowAllWrappers() {
        Throwable cause = new IllegalStateException("planted");
        assertSame(cause, Failures.cause(new CompletionException(new CompletionException(cause))));
        assertSame(cause, Failures.cause(cause));
    }

    @Test
    void anEmptyWrapperIsItsOwnCause() {
        Throwable wrapper = new CompletionException("planted", null);
        assertSame(wrapper, Failures.cause(wrapper));
    }
}
