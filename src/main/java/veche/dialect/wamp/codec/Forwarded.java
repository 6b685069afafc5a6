package veche.dialect.wamp.codec;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a message; the last ones are forwarded in their encoding if the serialization is the same. */
public final class Forwarded extends AbstractList<@Nullable Object> {
    private final List<@Nullable Object> fields;
    private final Encoded last;

    /** @param last the last fields in their received encoding */
    public Forwarded(List<@Nullable Object> fields, Encoded last) {
        this.fields = fields;
        this.last = last;
    }

    /** Returns the encoded fields of a message; null if it has none of that serialization. */
    static @Nullable Encoded in(Object message, Object serialization) {
        return message instanceof Forwarded forwarded && forwarded.last.serialization() == serialization
                ? forwarded.last
                : null;
    }

    @Override
    public @Nullable Object get(int index) {
        return fields.get(index);
    }

    @Override
    public int size() {
        return fields.size();
    }
}
