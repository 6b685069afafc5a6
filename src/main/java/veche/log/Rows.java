package veche.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement that is executed for each row. */
final class Rows {
    /** The type of a column. */
    enum Type {
        INTEGER,
        TEXT,
        BYTES,
        ID
    }

    private final List<Type> types;
    private final List<@Nullable Object[]> values = new ArrayList<>();

    Rows(Type... types) {
        this.types = List.of(types);
    }

    /** Adds a row with one value for each column. */
    Rows add(@Nullable Object... row) {
        values.add(row);
        return this;
    }

    List<Type> types() {
        return types;
    }

    List<@Nullable Object[]> values() {
        return values;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }
}
