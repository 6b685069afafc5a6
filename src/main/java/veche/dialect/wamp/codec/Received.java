package veche.dialect.wamp.codec;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The fields of a received message, also available in their encoding. */
final class Received extends AbstractList<@Nullable Object> implements RandomAccess {
    private final List<@Nullable Object> fields;
    private final boolean portable;
    private final IntFunction<@Nullable Encoded> encoded;

    /** @param encoded returns the encoded fields from an index on; null if they cannot be forwarded */
    Received(List<@Nullable Object> fields, boolean portable, IntFunction<@Nullable Encoded> encoded) {
        this.fields = fields;
        this.portable = portable;
        this.encoded = encoded;
    }

    @Override
    public @Nullable Object get(int index) {
        return fields.get(index);
    }

    @Override
    public int size() {
        return fields.size();
    }

    boolean isPortable() {
        return portable;
    }

    @Nullable
    Encoded from(int index) {
        return encoded.apply(index);
    }
}
