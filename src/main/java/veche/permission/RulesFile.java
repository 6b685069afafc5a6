package veche.permission;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.file.ReloadedFile;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;
import veche.room.access.Grant;

/**
 * The rules of a file, read again when it changes. An invalid file leaves the previous rules in force. Thread-safe;
 * decisions do not block.
 */
public final class RulesFile implements RoomPolicy, UriPolicy {
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

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room) {
        return file.contents().grant(user, room);
    }

    @Override
    public boolean mayReadAny(User user, String beginning) {
        return file.contents().mayReadAny(user, beginning);
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        return file.contents().grant(user, action, uri, match);
    }
}
