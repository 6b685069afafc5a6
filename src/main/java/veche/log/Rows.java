package veche.log;

import java.util.ArrayList;
import java.util.List;

/** Parameters of a statement that is run for each row. */
final class Rows {
    /** What a column holds. */
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

    /** One value for each column. */
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
