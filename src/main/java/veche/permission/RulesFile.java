package veche.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.Grant;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;

/**
 * The rules of a file, read again when it changes. An invalid file leaves the previous rules in force. Thread-safe;
 * decisions do not block.
 */
public final class RulesFile implements RoomPolicy, UriPolicy {
    private static final System.Logger LOG = System.getLogger(RulesFile.class.getName());

    private final Path file;
    private final ReentrantLock reading = new ReentrantLock();
    /** The lines last read, accepted or not. Guarded by {@link #reading}. */
    private List<String> read;

    private volatile Rules rules;
    private volatile Optional<String> problem = Optional.empty();

    /** @throws IllegalArgumentException if the file cannot be read or is invalid: there are no previous rules */
    public RulesFile(Path file) {
        this.file = file;
        try {
            this.read = lines();
            this.rules = RuleParser.parse(read);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The rules " + file + " are invalid: " + e.getMessage(), e);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.toString(), e);
        }
    }

    /** Reads the file; returns whether the rules have changed. Blocks for the time of a read. */
    public boolean reload() {
        reading.lock();
        try {
            List<String> lines = lines();
            if (lines.equals(read)) {
                return false;
            }
            read = lines;
            rules = RuleParser.parse(lines);
            problem = Optional.empty();
            LOG.log(Level.INFO, "Applied the changed rules {0}", file);
            return true;
        } catch (UncheckedIOException | IllegalArgumentException e) {
            read = List.of();
            String text = "The rules " + file + " are invalid, the previous ones remain in force: " + e.getMessage();
            if (!problem.equals(Optional.of(text))) {
                LOG.log(Level.ERROR, text);
            }
            problem = Optional.of(text);
            return false;
        } finally {
            reading.unlock();
        }
    }

    /** Why the file was not accepted when last read; empty if its rules are in force. */
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room) {
        return rules.grant(user, room);
    }

    @Override
    public boolean mayReadAny(User user, String beginning) {
        return rules.mayReadAny(user, beginning);
    }

    @Override
    public boolean permits(User user, UriAction action, String uri, Match match) {
        return rules.permits(user, action, uri, match);
    }
}
