package veche.faults;

import java.io.IOException;
import java.util.List;

/** The size up to which processes can write files, by the command {@code prlimit}. Immutable. */
record ProcessLimit(String fileSize) {
    static final ProcessLimit NONE = new ProcessLimit("unlimited");

    /** @param bytes beyond which a write fails, as on a disk without space */
    static ProcessLimit ofFiles(long bytes) {
        return new ProcessLimit(Long.toString(bytes));
    }

    /** Sets it for processes and those that they start from now on; those that have ended are ignored. */
    void set(List<ProcessHandle> processes) {
        try {
            for (ProcessHandle each : processes) {
                new ProcessBuilder("prlimit", "--pid", Long.toString(each.pid()), "--fsize=" + fileSize + ":")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot limit files", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
