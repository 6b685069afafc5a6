package veche.log;

import java.util.ArrayList;
import java.util.List;

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
    private final List<Object[]> values = new ArrayList<>();

    Rows(Type... types) {
        this.types = List.of(types);
    }

    /** Adds a row with one value for each column. */
    Rows add(Object... row) {
        values.add(row);
        return this;
    }

    List<Type> types() {
        return types;
    }

    List<Object[]> values() {
        return values;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }
}
