package veche.dialect.wamp.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.wamp.codec.Format;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.Recipients;

/**
 * An event on its way to another node, as a list in CBOR.
 *
 * @param use what the receiver does with it
 */
record EventParcel(Use use, Event event, Recipients recipients) {
    /** What the receiver does with an event. */
    enum Use {
        /** Deliver it. */
        DELIVER,
        /** Deliver it, and retain it for later subscribers. */
        DELIVER_AND_RETAIN,
        /** Retain it, unless there is a later one. */
        RETAIN
    }

    /** The form of parcels; nodes ignore those of another one, which a newer node may send during a rolling update. */
    private static final long VERSION = 1;

    private static final int FIELDS = 8;

    /** @throws veche.dialect.wamp.codec.UnmappableException if the payload cannot be represented */
    byte[] encode(Format cbor) {
        Payload payload = event.payload().portable();
        List<@Nullable Object> fields = new ArrayList<>(List.of(
                VERSION,
                use.name(),
                event.publication(),
                event.topic(),
                event.details(),
                payload.args(),
                payload.kwargs()));
        fields.add(recipientsFields());
        ByteBuffer bytes = ((Frame.Binary) cbor.write(fields)).data();
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        return encoded;
    }

    private @Nullable Object recipientsFields() {
        if (recipients instanceof Recipients.AllBut allBut) {
            return allBut.session();
        }
        if (recipients instanceof Recipients.Lists lists) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("exclude", List.copyOf(lists.exclude()));
            fields.put("exclude_authid", List.copyOf(lists.excludeAuthid()));
            fields.put("exclude_authrole", List.copyOf(lists.excludeAuthrole()));
            lists.eligible().ifPresent(eligible -> fields.put("eligible", List.copyOf(eligible)));
            lists.eligibleAuthid().ifPresent(eligible -> fields.put("eligible_authid", List.copyOf(eligible)));
            lists.eligibleAuthrole().ifPresent(eligible -> fields.put("eligible_authrole", List.copyOf(eligible)));
            return fields;
        }
        return null;
    }

    /** The parcel of these bytes; empty if they are of another version, or for another use. */
    static Optional<EventParcel> decode(Format cbor, byte[] bytes) {
        List<@Nullable Object> fields =
                cbor.read(new Frame.Binary(ByteBuffer.wrap(bytes))).get(0);
        if (!Objects.equals(fields.get(0), VERSION) || fields.size() != FIELDS) {
            return Optional.empty();
        }
        Event event = new Event(
                (Long) present(fields, 2),
                (String) present(fields, 3),
                dict(fields, 4),
                new Payload(list(fields, 5), dict(fields, 6)));
        return Arrays.stream(Use.values())
                .filter(use -> use.name().equals(fields.get(1)))
                .findFirst()
                .map(use -> new EventParcel(use, event, recipients(fields.get(7))));
    }

    private static Object present(List<@Nullable Object> fields, int index) {
        return Objects.requireNonNull(fields.get(index));
    }

    @SuppressWarnings("unchecked") // as encoded
    private static Map<String, @Nullable Object> dict(List<@Nullable Object> fields, int index) {
        return (Map<String, @Nullable Object>) present(fields, index);
    }

    @SuppressWarnings("unchecked") // as encoded
    private static List<@Nullable Object> list(List<@Nullable Object> fields, int index) {
        return (List<@Nullable Object>) present(fields, index);
    }

    private static Recipients recipients(@Nullable Object field) {
        if (field == null) {
            return Recipients.ALL;
        }
        if (field instanceof Long session) {
            return new Recipients.AllBut(session);
        }
        Map<?, ?> lists = (Map<?, ?>) field;
        return new Recipients.Lists(
                set(lists, "exclude", Long.class).orElseThrow(),
                set(lists, "exclude_authid", String.class).orElseThrow(),
                set(lists, "exclude_authrole", String.class).orElseThrow(),
                set(lists, "eligible", Long.class),
                set(lists, "eligible_authid", String.class),
                set(lists, "eligible_authrole", String.class));
    }

    private static <T> Optional<Set<T>> set(Map<?, ?> lists, String name, Class<T> type) {
        List<?> values = (List<?>) lists.get(name);
        if (values == null) {
            return Optional.empty();
        }
        Set<T> set = new HashSet<>();
        values.forEach(value -> set.add(type.cast(value)));
        return Optional.of(set);
    }
}
