package veche.dialect.wamp.codec;

import java.util.AbstractList;
import java.util.List;

/** The fields of a message of which the last ones are forwarded, encoded where the serialization is the same. */
public final class Forwarded extends AbstractList<Object> {
    private final List<Object> fields;
    private final Encoded last;

    /** @param last the last of the fields as they were received */
    public Forwarded(List<Object> fields, Encoded last) {
        this.fields = fields;
        this.last = last;
    }

    /** The encoded fields of a message; null where they are of another serialization. */
    static Encoded in(Object message, Object serialization) {
        return message instanceof Forwarded forwarded && forwarded.last.serialization() == serialization
                ? forwarded.last
                : null;
    }

    @Override
    public Object get(int index) {
        return fields.get(index);
    }

    @Override
    public int size() {
        return fields.size();
    }
}
