package veche.permission;

import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.room.RoomStateStore.RuleRow;

/**
 * The rules of the table {@code veche_rule}, shared by all nodes and written by the application. An invalid row leaves
 * the previous rules in force. Decisions use memory only; {@link #refresh} reads the table. Thread-safe and
 * non-blocking.
 */
public final class RulesTable {
    private static final System.Logger LOG = System.getLogger(RulesTable.class.getName());
    private static final Comparator<RuleRow> ORDER =
            Comparator.comparing(RuleRow::subject).thenComparing(RuleRow::name);

    private final Supplier<CompletionStage<List<RuleRow>>> reader;
    private volatile Loaded loaded = new Loaded(List.of(), Rules.NONE, "it has not been read");

    /**
     * @param rows those of the last read
     * @param problem why the rules are not those of the rows, or empty if they are
     */
    private record Loaded(List<RuleRow> rows, Rules rules, String problem) {}

    /** @param reader reads all rows; called first by {@link #refresh} */
    public RulesTable(Supplier<CompletionStage<List<RuleRow>>> reader) {
        this.reader = reader;
    }

    /**
     * Reads the table; the stage completes with whether other rules are in force. While reading fails, the previous
     * ones are.
     */
    public CompletionStage<Boolean> refresh() {
        return reader.get().whenComplete(this::noteFailure).thenApply(this::replace);
    }

    private synchronized void noteFailure(@Nullable List<RuleRow> rows, @Nullable Throwable failure) {
        if (failure != null) {
            // Without rows, so that the next ones are examined.
            loaded = new Loaded(List.of(), loaded.rules(), "it cannot be read");
        }
    }

    private synchronized boolean replace(List<RuleRow> rows) {
        List<RuleRow> sorted = rows.stream().sorted(ORDER).toList();
        Loaded before = loaded;
        if (sorted.equals(before.rows()) && !sorted.isEmpty()) {
            return false;
        }
        try {
            loaded = new Loaded(sorted, RuleParser.of(sorted), "");
        } catch (IllegalArgumentException e) {
            loaded = new Loaded(sorted, before.rules(), String.valueOf(e.getMessage()));
            LOG.log(Level.WARNING, "veche_rule is not usable; the previous rules still apply: {0}", e.getMessage());
        }
        return !loaded.rules().equals(before.rules());
    }

    /** Whether the rules in force are those of the table; false while a row is invalid or the table cannot be read. */
    public boolean current() {
        return loaded.problem().isEmpty();
    }

    /** @throws IllegalArgumentException if the rules in force are not those of the table */
    public void checkCurrent() {
        String problem = loaded.problem();
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("The table veche_rule is invalid: " + problem);
        }
    }

    /** The rules in force; before the first {@link #refresh}, none. */
    Rules rules() {
        return loaded.rules();
    }
}
