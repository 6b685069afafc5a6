package veche.permission;

import java.nio.file.Path;
import veche.file.ReloadedFile;

/** The rules of a file, read again when it changes. An invalid file leaves the previous rules in force. Thread-safe. */
public final class RulesFile {
    private final ReloadedFile<Rules> file;

    /** @throws IllegalArgumentException if the file cannot be read or is invalid: there are no previous rules */
    public RulesFile(Path path) {
        this.file =
                new ReloadedFile<>(path, text -> RuleParser.parse(text.lines().toList()));
    }

    /** Reads the file if it has changed; returns whether other rules are in force. Blocks for the time of a read. */
    public boolean refresh() {
        Rules before = file.contents();
        file.refresh();
        return !file.contents().equals(before);
    }

    /** Whether the rules in force are those of the file; false while it is missing or invalid. */
    public boolean current() {
        return file.current();
    }

    /** The rules in force. */
    Rules rules() {
        return file.contents();
    }
}
