package veche.dialect.wamp.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;

/** The fields of a parcel, a list in CBOR that begins with the version of its form. */
record ParcelFields(List<@Nullable Object> values) {
    /** Nodes ignore parcels of another version, which a newer node may send during a rolling update. */
    private static final long VERSION = 1;

    static ParcelFields of(@Nullable Object... fields) {
        List<@Nullable Object> values = new ArrayList<>(fields.length + 1);
        values.add(VERSION);
        values.addAll(Arrays.asList(fields));
        return new ParcelFields(values);
    }

    /** @throws veche.dialect.wamp.codec.UnmappableException if a value cannot be represented */
    byte[] encode(Format cbor) {
        ByteBuffer bytes = ((Frame.Binary) cbor.write(values)).data();
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        return encoded;
    }

    /** The fields of a parcel; empty if it is of another version. */
    static Optional<ParcelFields> decode(Format cbor, byte[] bytes) {
        List<@Nullable Object> values =
                cbor.read(new Frame.Binary(ByteBuffer.wrap(bytes))).get(0);
        return Objects.equals(values.get(0), VERSION) ? Optional.of(new ParcelFields(values)) : Optional.empty();
    }

    /** The number of fields after the version. */
    int size() {
        return values.size() - 1;
    }

    /** A field, counted from 0 after the version. */
    @Nullable
    Object at(int index) {
        return values.get(index + 1);
    }

    private Object present(int index) {
        return Objects.requireNonNull(at(index));
    }

    long number(int index) {
        return (Long) present(index);
    }

    boolean flag(int index) {
        return (Boolean) present(index);
    }

    String text(int index) {
        return (String) present(index);
    }

    /** What precedes the numbered fields, where it is not the version. */
    String name() {
        return (String) Objects.requireNonNull(values.get(0));
    }

    Map<String, @Nullable Object> dict(int index) {
        return dict(present(index));
    }

    @SuppressWarnings("unchecked") // as encoded
    static Map<String, @Nullable Object> dict(Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    Dict options(int index) {
        return new Dict(dict(index));
    }

    @SuppressWarnings("unchecked") // as encoded
    List<@Nullable Object> list(int index) {
        return (List<@Nullable Object>) present(index);
    }

    /** The payload in this field and the next one. */
    Payload payload(int index) {
        return new Payload(list(index), dict(index + 1));
    }

    Set<String> texts(int index) {
        return set(list(index), String.class);
    }

    static <T> Set<T> set(List<?> values, Class<T> type) {
        Set<T> set = new HashSet<>();
        values.forEach(value -> set.add(type.cast(value)));
        return set;
    }
}
