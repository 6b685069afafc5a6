package veche.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals to processes, by the command {@code kill}. */
enum ProcessSignal {
    KILL,
    STOP,
    CONT,
    TERM;

    /** Sends it to processes; those that have ended are ignored. */
    void send(List<ProcessHandle> processes) {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "kill -s " + name() + " \"$@\" 2>/dev/null || true", "sh"));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot send " + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void send(ProcessHandle process) {
        send(List.of(process));
    }
}
