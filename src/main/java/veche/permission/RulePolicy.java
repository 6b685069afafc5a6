package veche.permission;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;
import veche.room.access.Grant;

/**
 * Decides by the rules of a file and a table together: those of both grant, and those of both deny. Thread-safe;
 * decisions do not block.
 */
public final class RulePolicy implements RoomPolicy, UriPolicy {
    private final Optional<RulesFile> file;
    private final Optional<RulesTable> table;
    private volatile Rules rules;

    public RulePolicy(Optional<RulesFile> file, Optional<RulesTable> table) {
        this.file = file;
        this.table = table;
        this.rules = union();
    }

    private Rules union() {
        return file.map(RulesFile::rules)
                .orElse(Rules.NONE)
                .and(table.map(RulesTable::rules).orElse(Rules.NONE));
    }

    private synchronized boolean update(boolean changed) {
        if (changed) {
            rules = union();
        }
        return changed;
    }

    /** As {@link RulesFile#refresh}. */
    public boolean refreshFile() {
        return file.isPresent() && update(file.get().refresh());
    }

    /** As {@link RulesTable#refresh}. */
    public CompletionStage<Boolean> refreshTable() {
        return table.map(RulesTable::refresh)
                .orElse(CompletableFuture.completedFuture(false))
                .thenApply(this::update);
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
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        return rules.grant(user, action, uri, match);
    }
}
